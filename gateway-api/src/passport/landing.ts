import type { Language } from '@huilian/core';
import { html } from './html.js';
import { frame } from './page.js';
import { termsIn } from './terms.js';

/** `/`: what runs here and where to go. */
export function landingPage(
  language: Language,
  ready: boolean,
  status: { ledger: string; block: number },
): string {
  const { pick } = termsIn(language);
  const title = pick(['回链网关', 'Huilian gateway']);
  return frame(
    language,
    title,
    `/?lang=${language === 'en' ? 'zh-CN' : 'en'}`,
    html`<h1>${title}</h1>
      <p class="lead">
        ${pick([
          '报废家电、报废汽车与旧零部件的共同账本。',
          'A shared ledger of scrapped appliances, scrapped cars and reused car parts.',
        ])}
      </p>
      <ul class="chips">
        <li id="ready" ${ready ? html`` : html`class="warn"`}>
          ${ready ? pick(['就绪', 'Ready']) : pick(['尚未就绪', 'Not ready yet'])}
        </li>
      </ul>
      <section>
        <h2>${pick(['查询物品', 'Look an item up'])}</h2>
        <form action="/p" method="get">
          <label for="find">${pick(['编号，或 GS1 标签的内容', 'Its id, or what its GS1 tag says'])}</label>
          <input type="hidden" name="lang" value="${language}" />
          <input
            id="find"
            name="find"
            required
            maxlength="200"
            placeholder="hl1…"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
          />
          <button>${pick(['查看', 'Show'])}</button>
        </form>
      </section>
      <section>
        <h2>${pick(['账本', 'Ledger'])}</h2>
        <dl>
          <dt>${pick(['最新区块', 'Latest block'])}</dt>
          <dd>${status.block < 0 ? '–' : status.block}</dd>
        </dl>
        <p><span class="hash">${status.ledger}</span></p>
      </section>
      <section>
        <h2>${pick(['去哪里', 'Where to go'])}</h2>
        <ul class="kin">
          <li>
            <a href="/docs">/docs</a
            ><small>${pick(['接口说明，可直接试用', 'The interface, to read and try'])}</small>
          </li>
          <li><a href="/openapi.json">/openapi.json</a><small>OpenAPI 3.1</small></li>
          <li>
            <a href="/v1/lifecycles">/v1/lifecycles</a
            ><small>${pick(['物品的生命周期表', 'The life cycle as a table'])}</small>
          </li>
          <li>
            <a href="/v1/errors">/v1/errors</a
            ><small>${pick(['错误代码及处理办法', 'Error codes and what to do'])}</small>
          </li>
          <li>
            <a href="/v1/access">/v1/access</a><small>${pick(['谁可以读取什么', 'Who may read what'])}</small>
          </li>
          <li>
            <a href="/readyz">/readyz</a
            ><small>${pick(['各部分是否就绪', 'What is ready and what is not'])}</small>
          </li>
        </ul>
      </section> `,
  );
}
