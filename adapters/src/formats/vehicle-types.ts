import type { Code } from '../fields/code-list.js';

/** Coarse types after GA 802; systems that keep its finer ones send the coarse name beside them. */
export const VEHICLE_TYPES: readonly Code[] = [
  {
    code: 'passengerCar',
    name: { zh: '小型载客汽车', en: 'passenger car' },
    also: [
      '小型普通客车',
      '小型轿车',
      '微型载客汽车',
      '微型轿车',
      '轿车',
      '小轿车',
      '乘用车',
      'car',
      'sedan',
    ],
  },
  {
    code: 'bus',
    name: { zh: '大中型载客汽车', en: 'bus' },
    also: ['大型载客汽车', '中型载客汽车', '大型普通客车', '中型普通客车', '客车', 'coach'],
  },
  {
    code: 'truck',
    name: { zh: '载货汽车', en: 'truck' },
    also: [
      '重型载货汽车',
      '中型载货汽车',
      '轻型载货汽车',
      '微型载货汽车',
      '货车',
      '重型货车',
      '轻型货车',
      'lorry',
      'goods vehicle',
    ],
  },
  { code: 'specialVehicle', name: { zh: '专项作业车', en: 'special-operation vehicle' }, also: ['专用车'] },
  { code: 'trailer', name: { zh: '挂车', en: 'trailer' }, also: ['半挂车', '全挂车', '中置轴挂车'] },
  {
    code: 'lowSpeedVehicle',
    name: { zh: '低速汽车', en: 'low-speed vehicle' },
    also: ['三轮汽车', '低速货车', '农用车', '农用运输车'],
  },
  {
    code: 'motorcycle',
    name: { zh: '摩托车', en: 'motorcycle' },
    also: ['普通摩托车', '轻便摩托车', '二轮摩托车', '三轮摩托车'],
  },
];

/** Types, coarse and fine, of which no rule is stricter than of another ordinary vehicle. */
export const ORDINARY_TYPES: readonly string[] = ['passengerCar', 'car', 'sedan', 'motorcycle'];
