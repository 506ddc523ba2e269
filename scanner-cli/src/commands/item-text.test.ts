import { describe, expect, it } from 'vitest';
import { widthOf } from '../width.js';
import { itemText, traceText, treeText } from './item-text.js';

const item = { item: 'hl1car', kind: 'vehicle', category: 'sedan', state: 'dismantled', contested: true };
const event = (type: string, verdict: string, more: object = {}) => ({
  id: 'k.1.0',
  time: 1_795_000_000,
  block: 7,
  signer: 'k',
  verdict,
  event: { type },
  ...more,
});

describe('an item for a person', () => {
  it('is told in one language, in columns of the terminal', () => {
    const lines = itemText(item, 'zh-CN').split('\n');
    expect(lines).toContainEqual(expect.stringMatching(/^种类 +机动车$/));
    expect(lines).toContainEqual(expect.stringMatching(/^有争议 +是$/));
    const columns = ['hl1car', '机动车', 'sedan', '已拆解', '是'].map((value, row) =>
      widthOf((lines[row] ?? '').slice(0, -value.length)),
    );
    expect(new Set(columns).size).toBe(1);
    expect(itemText(item, 'en')).toMatch(/^state +dismantled$/m);
  });

  it('begins with what is asked of most, in whatever order a gateway gives it, and says why it was left', () => {
    const { contested, category, state, kind } = item;
    const left = { logistics: { exception: { reason: 'damaged', by: 'x', container: 'y' } } } as const;
    const text = itemText({ category, contested, item: item.item, kind, state, ...left }, 'zh-CN');
    expect(text.split('\n').map((line) => line.split(' ')[0])).toEqual([
      '物品',
      '种类',
      '类别',
      '状态',
      '有争议',
      '留给移交方的原因',
    ]);
    expect(text).toMatch(/损坏$/);
  });

  it('says of a car which packs are still in it, and of a battery what its test came to', () => {
    const car = { ...item, battery: { packs: ['P1', 'P2'], incomplete: 'swapContract' } } as const;
    expect(itemText(car, 'zh-CN')).toMatch(/^车上电池包 +P1, P2$/m);
    expect(itemText(car, 'zh-CN')).toMatch(/^缺电池包的原因 +换电合同$/m);
    const pack = { ...item, kind: 'battery', battery: { capacityPermille: 780, result: 'recycle' } } as const;
    expect(itemText(pack, 'en')).toMatch(/^capacityPermille +780$/m);
    expect(itemText(pack, 'en')).toMatch(/^result +recycling$/m);
  });

  it('that is an appliance tells what is known of it', () => {
    const laptop = {
      ...item,
      kind: 'device',
      appliance: { type: 'laptop', route: 'reuse', dataErased: true, missing: ['battery', 'drawer'] },
    } as const;
    const text = itemText(laptop, 'zh-CN');
    expect(text).toMatch(/^型式 +laptop$/m);
    expect(text).toMatch(/^去向 +再使用$/m);
    expect(text).toMatch(/^数据已清除 +是$/m);
    expect(text).toMatch(/^缺少部件 +battery, drawer$/m);
    expect(itemText(laptop, 'en')).toMatch(/^route +to be used again$/m);
  });

  it('is traced with verdicts and codes in words, and times that name their zone', () => {
    const events = [event('register', 'accepted', { notice: 'HL-2040' }), event('dismantle', 'HL-2010')];
    const text = traceText({ ...item, events }, 'zh-CN');
    expect(text).toContain('2026-11-18 19:06:40 UTC+8');
    expect(text).toContain('登记');
    expect(text).toContain('✓ 已接受');
    expect(text).toContain('HL-2040 该标签已绑定另一件在册物品。');
    expect(text).toContain('✗ 已拒绝 HL-2010');
    expect(text).not.toMatch(/accepted|register|dismantle/);
    expect(traceText({ ...item, events: undefined }, 'en')).toContain(
      'HL-4020 Your participant neither held',
    );
  });

  it('shows kinds, categories and events that this version does not know as they are', () => {
    const strange = { ...item, kind: 'robot', state: 'asleep' };
    const tree = { item: strange, ancestors: [], descendants: [], complete: true };
    expect(treeText(tree, 'zh-CN')).toBe('hl1car  robot sedan asleep');
    expect(traceText({ ...strange, events: [event('constructor', 'accepted')] }, 'zh-CN')).toContain(
      'constructor',
    );
  });
});
