import { row } from './row.js';

/**
 * HL-2071 and HL-227: the table that is in force, vehicles that are dismantled under supervision, and shipments of hazardous waste that
 * differ from their manifest.
 */
export const supervision = {
  'HL-2071': row(
    'rule.notInForce',
    409,
    3,
    '所引用的规则表版本已被取代：无论按事件发生时还是按记录时，当时有效的都是另一版本。有效的是生效日期最近的版本；同日生效的，以版本号较大者为准。',
    '请引用该日有效的版本（GET /v1/rules 列出各版本及其生效日期），并重新提交（cites）。',
    'Another version of the rule table was in force, both when the event was signed and when it was recorded: the one that came into force last, and of two of one day the one with the higher number.',
    'Name the version in force on that day (GET /v1/rules lists the versions and since when each is in force), and offer the event again (cites).',
  ),
  'HL-2270': row(
    'vehicle.supervisionByTable',
    200,
    0,
    '按规则表 supervisedCategories，该类车辆须在监督下解体；接收时未申报，已按须监督登记。依据《报废机动车回收管理办法》。',
    '请在拆解前请公安机关到场，并记录监督（witness）。',
    'By the table supervisedCategories a vehicle of this category is dismantled under supervision; it was not declared and is recorded so.',
    'Have the police attend and record their witness before it is dismantled.',
  ),
  'HL-2271': row(
    'manifest.massDiffers',
    200,
    0,
    '实际重量与联单所列之差超过规则表 manifestTolerance 的容差。接收已记录，差异作为发现留存。依据《危险废物转移管理办法》。',
    '请告知移出人，查明原因，并向主管部门报告。',
    'A lot weighs otherwise than the manifest says by more than the table manifestTolerance allows. It is accepted, and the difference is a finding (Measures for the transfer of hazardous waste).',
    'Tell the sender, find out why, and report it to the authority.',
  ),
  'HL-2272': row(
    'manifest.notSentBack',
    409,
    3,
    '所列批次不是接受人退回、尚待收回的批次。',
    '请查看联单的 sentBack；整车退运的，请作废联单（cancelManifest）。',
    'The lots named are none that the handler sent back and that are still to be taken back.',
    'See sentBack of the manifest; when the whole truck was turned back, cancel the manifest.',
  ),
  'HL-2273': row(
    'vehicle.categoryDiffers',
    200,
    0,
    '车辆类别与登记时填写的不同；两者中较严的规定适用，并已列为发现。依据《报废机动车回收管理办法》。',
    '如登记有误，请由登记方更正（correct）；须监督的，请公安机关到场并记录监督（witness）。',
    'The vehicle is of another category than it was registered as; the stricter rule of the two holds, and a finding says so.',
    'If the registration was wrong, have it declared wrong (correct); where supervision is due, have the police attend and witness.',
  ),
} as const;
