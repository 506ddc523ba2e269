import { isGone, type Language } from '@huilian/core';
import { toString as qrCode } from 'qrcode';
import { Html, html } from './html.js';
import type { Passport, Relative } from './passport.js';
import { styleElement } from './style.js';
import { termsIn, type Terms } from './terms.js';

/** Frame of every public page. @param other the same page in the other language. */
export function frame(language: Language, title: string, other: string, body: Html): string {
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="/favicon.svg" />
        ${styleElement}
      </head>
      <body>
        <main>
          <header>
            <a class="mark" href="/?lang=${language}"><span>回链</span> Huilian</a>
            ${languageLink(language, other)}
          </header>
          ${body}
        </main>
      </body>
    </html> `;
  return page.text;
}

function languageLink(language: Language, address: string): Html {
  const [code, name] = language === 'en' ? ['zh-CN', '中文'] : ['en', 'English'];
  return html`<a class="lang" href="${address}" hreflang="${code}">${name}</a>`;
}

/** The passport as a page for the phone that scanned the tag. @param address of this page, for its QR code. */
export async function passportPage(passport: Passport, language: Language, address: string): Promise<string> {
  const terms = termsIn(language);
  const { pick } = terms;
  const title = [
    ...new Set([terms.category(passport.category, passport.kind), terms.kind(passport.kind)]),
  ].join(' · ');
  const other = `/p/${passport.item}?lang=${language === 'en' ? 'zh-CN' : 'en'}`;
  const qr = new Html(await qrCode(address, { type: 'svg', margin: 0 }));
  return frame(
    language,
    `${title} · ${pick(['回链', 'Huilian'])}`,
    other,
    html`<h1>${title}</h1>
      <p class="id" id="item">${passport.item}</p>
      ${chips(passport, terms)} ${standstill(passport, terms)} ${facts(passport, terms)}
      ${timeline(passport, terms)} ${kin(passport, terms, language)} ${verify(passport, terms, qr)}
      <footer>
        ${pick([
          '本页只显示公开信息。它不显示任何企业名称、人员、地点、价格或标签号码。',
          'This page shows what is public. It never shows who held the item, persons, places, prices or tag numbers.',
        ])}
      </footer>`,
  );
}

function chips(passport: Passport, { pick, state: stateName, partClass }: Terms): Html {
  const { state, inspection, contested, rebuilt, corrected, questioned, held } = passport;
  return html`<ul class="chips">
    <li id="state">${stateName(state)}</li>
    ${held && html`<li class="warn" id="held">${pick(['锁定中', 'On hold'])}</li>`}
    ${inspection === 'fit' && html`<li>${pick(['检验合格', 'Found fit'])}</li>`}
    ${inspection === 'unfit' && html`<li class="warn">${pick(['检验不合格', 'Found unfit'])}</li>`}
    ${passport.class !== undefined && html`<li>${partClass(passport.class)}</li>`}
    ${rebuilt && html`<li class="warn">${pick(['全损修复车', 'Rebuilt after a total loss'])}</li>`}
    ${corrected && html`<li>${pick(['记录有更正', 'Corrected'])}</li>`}
    ${questioned && html`<li class="warn">${pick(['步骤存疑', 'Questioned'])}</li>`}
    ${contested && html`<li class="warn">${pick(['标签有争议', 'Tag contested'])}</li>`}
  </ul>`;
}

/** That it stands still everybody may know, who meets it at a market most of all; why, and by whom, is for the authorities. */
function standstill({ held }: Passport, { pick }: Terms): Html {
  if (!held) return html``;
  return html`<p class="lead">
    ${pick([
      '该物品目前被锁定，解除之前不得买卖、移交、拆解或装用。原因不公开。持有该物品，或有人向您出售该物品的，请与公安机关联系。',
      'This item stands still: until its release it may not be sold, handed over, taken apart or fitted. The reason is not public. Whoever has it, or is offered it, turns to the police.',
    ])}
  </p>`;
}

function facts(passport: Passport, terms: Terms): Html {
  const { pick } = terms;
  const separator = pick(['、', ', ']);
  const schemes: Readonly<Record<string, string>> = {
    vin: 'VIN',
    gs1: 'GS1',
    battery: pick(['动力电池编码', 'battery code']),
    imei: pick(['IMEI 摘要', 'IMEI digest']),
    serial: pick(['序列号', 'serial']),
    label: pick(['标签摘要', 'label digest']),
    manifest: pick(['联单编号', 'manifest number']),
  };
  return html`<section>
    <h2>${pick(['概况', 'At a glance'])}</h2>
    <dl>
      <dt>${isGone(passport) ? pick(['最后持有方', 'Last held by']) : pick(['现持有方', 'Held by'])}</dt>
      <dd>${passport.holder.map(terms.role).join(separator) || pick(['无', 'nobody'])}</dd>
      ${
        passport.massGrams !== undefined &&
        html`<dt>${pick(['质量', 'Mass'])}</dt>
          <dd>${kilograms(passport.massGrams)} kg</dd>`
      }
      ${
        passport.model !== undefined &&
        html`<dt>${pick(['型号', 'Model'])}</dt>
          <dd>${passport.model}</dd>`
      }
      <dt>${pick(['标签', 'Tags'])}</dt>
      <dd>
        ${passport.taggedWith.map((scheme) => schemes[scheme] ?? scheme).join(separator) || pick(['仅编号', 'id only'])}
      </dd>
    </dl>
  </section>`;
}

function timeline(passport: Passport, terms: Terms): Html {
  const { pick } = terms;
  return html`<section>
    <h2>${pick(['经历', 'Its way'])}</h2>
    <ol class="steps">
      ${passport.steps.map(
        (step) =>
          html`<li>
            <time datetime="${step.date}">${step.date}</time><b>${terms.step(step.what)}</b>
            <small>${aboutStep(step, terms)}</small>
          </li> `,
      )}
    </ol>
    ${passport.moreSteps && html`<p>${pick(['此后还有步骤，未在此列出。', 'More steps are recorded than are listed here.'])}</p>`}
  </section>`;
}

/** By which kind of firm a step was recorded, and how far it can be relied on. */
function aboutStep(
  { by, signedBy, evidence, questioned }: Passport['steps'][number],
  { pick, role, key, evidence: grade }: Terms,
): string {
  return [
    by.map(role).join(pick(['、', ', '])),
    ...(signedBy === undefined ? [] : [key(signedBy)]),
    ...(evidence === undefined ? [] : [grade(evidence)]),
    ...(questioned === true ? [pick(['已声明有误，其影响仍在', 'declared wrong; what it did stands'])] : []),
  ].join(' · ');
}

function kin(passport: Passport, terms: Terms, language: Language): Html {
  const { origin, fittedInto, outputs, outputCount } = passport;
  const { pick } = terms;
  if (origin === undefined && fittedInto === undefined && outputCount === 0) return html``;
  const more = outputCount - outputs.length;
  return html`<section>
    <h2>${pick(['来源与去向', 'From where, to what'])}</h2>
    <ul class="kin">
      ${origin !== undefined && relative(origin, pick(cameOf(passport)), terms, language)}
      ${fittedInto !== undefined && relative(fittedInto, pick(['装用于', 'Fitted into']), terms, language)}
      ${outputs.map((output) => relative(output, pick(['产出', 'Came out of it']), terms, language))}
      ${more > 0 && html`<li>${pick([`另有 ${more} 件`, `and ${more} more`])}</li>`}
    </ul>
  </section>`;
}

/** How it came of its origin: what was remanufactured or put to a second life was not taken out of anything, nor was a lot out of a lot. */
function cameOf({ kind, steps, origin }: Passport): readonly [zh: string, en: string] {
  if (steps.some(({ what }) => what === 'remade')) return ['所用旧件', 'Made of it'];
  if (steps.some(({ what }) => what === 'secondLife')) return ['所用电池', 'Made of it'];
  return kind === 'lot' && origin?.kind === 'lot' ? ['来自', 'Came out of'] : ['拆自', 'Came out of'];
}

function relative(item: Relative, how: string, terms: Terms, language: Language): Html {
  return html`<li>
    <a href="/p/${item.item}?lang=${language}">${terms.category(item.category, item.kind)}</a>
    <small>${how} · ${terms.kind(item.kind)} · ${terms.state(item.state)}</small>
  </li> `;
}

function verify({ item, evidence }: Passport, { pick }: Terms, qr: Html): Html {
  return html`<section class="verify">
    <h2>${pick(['如何核验', 'How to check this'])}</h2>
    <p>
      ${pick([
        '不必相信本页。经手该物品的企业可向任一网关索取证明，离线核验监管方与另一组织的签名：',
        'You need not believe this page. A party to the item gets a proof from any gateway and checks the signatures of Oversight and one other organisation offline:',
      ])}
    </p>
    <p><code>huilian verify ${pick(['证明文件', 'PROOF-FILE'])}</code></p>
    <dl>
      <dt>${pick(['以该编号记录的事件', 'Events recorded under its id'])}</dt>
      <dd>${evidence.eventCount}</dd>
      <dt>${pick(['截至区块', 'Up to block'])}</dt>
      <dd>${evidence.height}</dd>
    </dl>
    <p>
      <small
        >${pick([
          '“经历”另列出其他物品中提到它的事件（如拆出）；移交在接受后才列出。',
          'The way above also lists events of other items that mention it, such as taking it out, and a handover only once it is accepted.',
        ])}</small
      >
    </p>
    <p>
      <span class="hash">${pick(['事件链摘要', 'Digest of its events'])} ${evidence.head}</span>
      <span class="hash">${pick(['账本', 'Ledger'])} ${evidence.ledger}</span>
    </p>
    <div class="qr" role="img" aria-label="${pick(['本页二维码', 'QR code of this page'])}">${qr}</div>
    <p><a href="/p/${item}?format=json">JSON</a></p>
  </section>`;
}

/** Grams as kilograms with as many digits as are needed. */
function kilograms(grams: number): string {
  const whole = Math.floor(grams / 1000);
  const rest = String(grams % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return rest === '' ? String(whole) : `${whole}.${rest}`;
}
