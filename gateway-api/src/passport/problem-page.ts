import type { Language } from '@huilian/core';
import type { Problem } from '../http/problem.js';
import { html } from './html.js';
import { frame } from './page.js';
import { termsIn } from './terms.js';

/** A problem as a page, for a person who scanned a tag or mistyped an id. @param other the same page in the other language. */
export function problemPage(problem: Problem, language: Language, other: string): string {
  const { pick } = termsIn(language);
  return frame(
    language,
    problem.title,
    other,
    html`<h1>${problem.title}</h1>
      <section>
        <p>${problem.detail}</p>
        <p class="id">${problem.code} · ${problem.requestId}</p>
        <p><a href="/">${pick(['返回首页', 'To the front page'])}</a></p>
      </section>`,
  );
}
