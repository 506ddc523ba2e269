import { ASSEMBLIES, type Assembly } from '@huilian/core';
import type { Phrase } from '../../fields/phrase.js';
import type { Column } from '../../formats/format.js';
import { ORDER_715 } from '../../fields/standards.js';
import { column, count } from './column.js';

const ASSEMBLY_WORDS: Readonly<Record<Assembly, Phrase>> = {
  engine: { zh: '发动机', en: 'engine' },
  steeringGear: { zh: '方向机', en: 'steering gear' },
  transmission: { zh: '变速器', en: 'transmission' },
  frontAxle: { zh: '前桥', en: 'front axle' },
  rearAxle: { zh: '后桥', en: 'rear axle' },
  frame: { zh: '车架', en: 'frame' },
};

/** How many of each of the five assemblies a vehicle has: `engineCount`, and so on. */
export const assemblyColumns: readonly Column[] = ASSEMBLIES.map((assembly) => {
  const { zh, en } = ASSEMBLY_WORDS[assembly];
  return column(`${assembly}Count`, count, [`${zh}数量`], [`${en} count`], ORDER_715);
});
