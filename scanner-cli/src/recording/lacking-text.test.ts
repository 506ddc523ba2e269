import { expect, it } from 'vitest';
import { lackingText } from './lacking-text.js';

it('steps of a line are named in the terms of the field, with the codes that the command takes', () => {
  const { zh, en } = lackingText({ what: 'lineSteps', steps: ['removeCompressor', 'shredCabinet', 'other'] });
  expect(zh).toBe('尚未记录的工序（按顺序）：拆压缩机 removeCompressor、破碎箱体 shredCabinet、other');
  expect(en).toBe(
    'Steps of the line still to be recorded, in this order: remove the compressor removeCompressor, shred the cabinet shredCabinet, other',
  );
});

it('a balance is told in grams, with the difference and what is allowed', () => {
  const { zh, en } = lackingText({ what: 'mass', into: 50_000, out: 42_000, tolerance: 2_500 });
  expect(zh).toBe('投入 50000 g，产出与损耗合计 42000 g，相差 −8000 g，允许 2500 g。');
  expect(en).toContain('a difference of −8000 g, and 2500 g are allowed.');
  const again = { what: 'mass', into: 400_000, out: 300_000, tolerance: 20_000, weighedAgain: true } as const;
  expect(lackingText(again).zh).toBe('记录质量 400000 g，本次称得 300000 g，相差 −100000 g，允许 20000 g。');
});

it('a description names the types and the measure of the category', () => {
  const { zh } = lackingText({ what: 'description', types: ['fridge', 'freezer'], measure: 'volumeLitres' });
  expect(zh).toBe('该类别的型式：冰箱 fridge、冷柜 freezer；参数：容积（升） volumeLitres');
});
