import { row } from './row.js';

/**
 * HL-2071 and HL-227: the table that is in force, vehicles that are dismantled under supervision, held with others or certified out of
 * order, and shipments of hazardous waste that differ from their manifest.
 */
export const supervision = {
  'HL-2071': row(
    'rule.notInForce',
    409,
    3,
    '所引用的规则表版本当时无效：无论按事件签署时还是按记录时，有效的都是另一版本。有效的是最后生效的版本；同时生效的，以版本号较大者为准。除首个版本外，生效日期早于批准时间的版本自批准时起有效。',
    '请引用当时有效的版本（GET /v1/rules/NAME/PROVINCE/0 列出各版本自何时起有效），并重新提交（cites）。',
    'Another version of the rule table was in force, both when the event was signed and when it was recorded: the one that came into force last, and of two at once the one with the higher number. A version that is dated back, unless it is the first, is in force from its approval.',
    'Name the version that was in force then (GET /v1/rules/NAME/PROVINCE/0 lists since when each is), and offer the event again (cites).',
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
  'HL-2274': row(
    'vehicle.heldWithAnother',
    200,
    0,
    '该车辆的一次锁定已解除，但另一辆被锁定的车辆也主张其标签，因此随之继续锁定。',
    '请核实 heldWith 所指的车辆：再次解除即解除那一次锁定；标签归属由监管方裁定（tag.award）。',
    'One hold of the vehicle has ended, but another vehicle that is held claims a tag of it, so it stays held with that one.',
    'Look at the vehicle that heldWith names: a further release ends that hold; whose the tag is Oversight decides (tag.award).',
  ),
  'HL-2275': row(
    'certificate.outOfOrder',
    409,
    3,
    '报废机动车回收证明在接收后出具；规则表 certificateAfter 允许的，在拆解后出具，而不在预处理与拆解之间。',
    '请先拆解车辆，再出具证明。',
    'The recycling certificate is issued when the vehicle was taken in or, where the table certificateAfter says so, after it was dismantled, and not in between.',
    'Dismantle the vehicle, then issue the certificate.',
  ),
} as const;
