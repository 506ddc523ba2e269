import { row } from './row.js';

/** HL-227: vehicles, beside those of the trade. These codes stand in verdicts, for ever. */
export const vehicles = {
  'HL-2270': row(
    'vehicle.supervisionByTable',
    200,
    0,
    '按规则表 supervisedCategories，该类车辆须在监督下解体；接收时未申报，已按须监督登记。依据《报废机动车回收管理办法》。',
    '请在拆解前请公安机关到场，并记录监督（witness）。',
    'By the table supervisedCategories a vehicle of this category is dismantled under supervision; it was not declared and is recorded so.',
    'Have the police attend and record their witness before it is dismantled.',
  ),
} as const;
