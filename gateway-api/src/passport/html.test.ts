import fc from 'fast-check';
import { expect, it } from 'vitest';
import { html } from './html.js';
import { dayOf } from './passport.js';

it('nothing that is put into a page can leave its place', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const { text: page } = html`<p title="${text}">${text}</p>`;
      const inside = page.slice('<p title="'.length, -'</p>'.length);
      expect(inside.replace('">', '')).not.toMatch(/[<>"']/);
    }),
  );
});

it('a list is put in part by part, and what is absent leaves nothing', () => {
  const items = ['a', '<b>'].map((text) => html`<li>${text}</li>`);
  expect(
    html`<ul>
      ${items}${undefined}${false}
    </ul>`.text.replaceAll(/\s/g, ''),
  ).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul>');
});

it('a day of the passport is a day at UTC+8', () => {
  expect([dayOf(0), dayOf(16 * 3600 - 1), dayOf(16 * 3600)]).toEqual([
    '1970-01-01',
    '1970-01-01',
    '1970-01-02',
  ]);
});
