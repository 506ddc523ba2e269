import { describe, expect, it } from 'vitest';
import { passportPage } from './page.js';
import type { Passport } from './passport.js';

const OTHER = { item: 'hl1other', kind: 'part', category: 'engine', state: 'remanufactured' } as const;

/** A passport with something else said of it, as the text of its page. */
async function textOf(more: Partial<Passport>, language: 'zh-CN' | 'en' = 'zh-CN'): Promise<string> {
  const passport: Passport = {
    item: 'hl1item',
    kind: 'part',
    category: 'engine',
    state: 'registered',
    rebuilt: false,
    corrected: false,
    questioned: false,
    contested: false,
    held: false,
    taggedWith: [],
    holder: ['repairShop'],
    steps: [],
    moreSteps: false,
    outputs: [],
    outputCount: 0,
    evidence: { ledger: 'a', height: 1, eventCount: 1, head: 'b' },
    ...more,
  };
  const page = await passportPage(passport, language, 'http://localhost/p/hl1item');
  return page.replace(/<style[\s\S]*<\/style>|<svg[\s\S]*?<\/svg>|<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

const step = (what: Passport['steps'][number]['what'], more: object = {}): Passport['steps'][number] => ({
  what,
  date: '2026-03-02',
  by: ['remanufacturer'],
  ...more,
});

describe('a passport as a page', () => {
  it('says how the item came of another: taken out of it, made of it, or divided from it', async () => {
    expect(await textOf({ origin: OTHER, steps: [step('takenOut')] })).toContain('拆自 · 零部件');
    expect(await textOf({ origin: OTHER, steps: [step('remade'), step('fit')] })).toContain(
      '所用旧件 · 零部件',
    );
    const pack = { ...OTHER, kind: 'battery', category: 'tractionBattery', state: 'repurposed' } as const;
    const product = { kind: 'battery', category: 'energyStorage', origin: pack } as const;
    expect(await textOf({ ...product, steps: [step('secondLife')] })).toContain('所用电池 · 动力电池');
    const lot = { ...OTHER, kind: 'lot', category: 'cable', state: 'consumed' } as const;
    const copper = { kind: 'lot', category: 'copper', origin: lot } as const;
    expect(await textOf({ ...copper, steps: [step('transform')] })).toContain('来自 · 材料批次');
  });

  it('says how a change of hands is proved, and which step was declared wrong and stands', async () => {
    const steps = [
      step('accept', { signedBy: 'service', evidence: 'B' }),
      step('shred', { questioned: true }),
    ];
    const zh = await textOf({ steps });
    expect(zh).toContain('交接证据 B：服务密钥代签');
    expect(zh).toContain('再制造企业 · 已声明有误，其影响仍在');
    expect(await textOf({ steps }, 'en')).toContain('evidence B: a service key signed for one');
  });

  it('names the model of a part, as text and not as markup', async () => {
    expect(await textOf({ model: 'EA<211>', steps: [step('codePart')] }, 'en')).toContain(
      'Model EA&lt;211&gt;',
    );
    expect(await textOf({ model: 'EA211', steps: [step('codePart')] })).toContain('编码');
  });

  it('says of a long history that later steps are left out, for it begins with the first', async () => {
    expect(await textOf({ steps: [step('register')], moreSteps: true })).toContain('此后还有步骤');
  });
});
