import { row } from './row.js';

/** HL-2300 to HL-2319: further ways around the rules of the trade, and why they are none. These codes stand in verdicts, for ever. */
export const closedWays = {
  'HL-2300': row(
    'waste.leavesAsLot',
    409,
    3,
    '规则表 hazardousCategories 所列类别为危险废物，须登记为材料批次（lot），不得登记为零部件或单台而不经联单移交。依据《固体废物污染环境防治法》第八十二条。',
    '请登记为 lot，凭转移联单（openManifest）移交；经检验可继续使用的零部件不是废物，请写零部件自身的类别，不写废物类别。',
    'The table hazardousCategories lists this category: hazardous waste is a lot, not a part or a unit that would change hands without a manifest (Law on the prevention of pollution by solid waste, article 82).',
    'Record it as a lot and ship it under a manifest (openManifest). A part that is fit to be used again is no waste and bears the category of the part.',
  ),
  'HL-2301': row(
    'vehicle.unidentified',
    409,
    3,
    '车辆须以车辆识别代号（vin）登记；没有识别代号的，以车架号（serial）登记。否则被锁定的车辆可以换一条登记继续流转。依据《报废机动车回收管理办法》。',
    '请读取车辆识别代号或车架号；号码无法辨认或有改动痕迹的，不得接收，并报告公安机关查验。',
    'A vehicle is registered with its VIN or, where it has none, with its frame number (serial): without one, a car that is held would go on under another registration (Measures for the recycling of scrapped motor vehicles).',
    'Read the VIN or the frame number. Where it is illegible or altered, do not take the vehicle in, and have the police establish it.',
  ),
} as const;
