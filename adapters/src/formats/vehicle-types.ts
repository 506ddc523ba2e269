import type { Code } from '../fields/code-list.js';

/** Each of the sizes with each of the kinds, as GA 802 puts its names together: 重型自卸货车. */
const named = (sizes: readonly string[], ...kinds: readonly string[]): readonly string[] =>
  sizes.flatMap((size) => kinds.map((kind) => size + kind));
const ALL_SIZES = ['重型', '中型', '轻型', '微型'];
const BODIES_OF_TRUCKS = ['普通', '厢式', '仓栅式', '封闭', '罐式', '平板', '自卸', '特殊结构'];

/** Coarse types after GA 802, with its finer names as they stand on a vehicle licence. */
export const VEHICLE_TYPES: readonly Code[] = [
  {
    code: 'passengerCar',
    name: { zh: '小型载客汽车', en: 'passenger car' },
    also: [
      ...named(['小型', '微型'], '普通客车', '轿车', '面包车', '越野客车', '专用客车', '客车'),
      '微型载客汽车',
      '轿车',
      '小轿车',
      '小客车',
      '面包车',
      '乘用车',
      'car',
      'sedan',
    ],
  },
  {
    code: 'bus',
    name: { zh: '大中型载客汽车', en: 'bus' },
    also: [
      ...named(
        ['大型', '中型'],
        '载客汽车',
        '普通客车',
        '双层客车',
        '卧铺客车',
        '铰接客车',
        '越野客车',
        '专用客车',
        '客车',
      ),
      '客车',
      'coach',
    ],
  },
  {
    code: 'truck',
    name: { zh: '载货汽车', en: 'truck' },
    also: [
      ...named(ALL_SIZES, '载货汽车', '货车', '集装箱车', ...BODIES_OF_TRUCKS.map((body) => `${body}货车`)),
      ...named(ALL_SIZES.slice(0, 3), '半挂牵引车'),
      '货车',
      '半挂牵引车',
      'lorry',
      'goods vehicle',
    ],
  },
  {
    code: 'specialVehicle',
    name: { zh: '专项作业车', en: 'special-operation vehicle' },
    also: [...named(ALL_SIZES, '专项作业车', '载货专项作业车', '非载货专项作业车'), '专用车'],
  },
  {
    code: 'trailer',
    name: { zh: '挂车', en: 'trailer' },
    also: [
      ...named(
        ALL_SIZES.slice(0, 3),
        '挂车',
        ...['半挂车', '全挂车'].flatMap((kind) => BODIES_OF_TRUCKS.map((body) => body + kind)),
      ),
      '半挂车',
      '全挂车',
      '中置轴挂车',
    ],
  },
  {
    code: 'lowSpeedVehicle',
    name: { zh: '低速汽车', en: 'low-speed vehicle' },
    also: ['三轮汽车', '低速货车', '普通低速货车', '农用车', '农用运输车'],
  },
  {
    code: 'motorcycle',
    name: { zh: '摩托车', en: 'motorcycle' },
    also: [
      ...named(['普通', '轻便'], '摩托车', '二轮摩托车', '正三轮摩托车'),
      '普通侧三轮摩托车',
      '二轮摩托车',
      '三轮摩托车',
    ],
  },
];

const DRIVES = [
  ['electric', '纯电动', 'electric'],
  ['plugInHybrid', '插电式混合动力', 'plug-in hybrid'],
  ['fuelCell', '燃料电池', 'fuel-cell'],
] as const;
const BODIES = [
  ['Car', '乘用车', 'car', ['轿车', '小型轿车', '小客车', '小型普通客车', '小型载客汽车', '小型汽车']],
  ['Bus', '客车', 'bus', ['大型普通客车', '中型普通客车', '大型客车', '中型客车']],
  ['Truck', '货车', 'truck', ['载货汽车', '轻型载货汽车', '轻型货车']],
] as const;

/** Finer types that rules tell apart: vehicles with a traction battery, and those that carry children. */
export const FINER_TYPES: readonly Code[] = [
  ...DRIVES.flatMap(([drive, zh, en]) =>
    BODIES.map(([body, zhBody, enBody, also]) => ({
      code: drive + body,
      name: { zh: zh + zhBody, en: `${en} ${enBody}` },
      also: also.map((each) => zh + each),
    })),
  ),
  {
    code: 'schoolBus',
    name: { zh: '校车', en: 'school bus' },
    also: ['专用校车', '大型专用校车', '中型专用校车', '小型专用校车'],
  },
];

/** Types, coarse and fine, of which no rule is stricter than of another ordinary vehicle. */
export const ORDINARY_TYPES: readonly string[] = ['passengerCar', 'car', 'sedan', 'motorcycle'];
