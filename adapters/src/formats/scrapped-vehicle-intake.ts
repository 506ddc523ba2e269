import type { Code } from '../fields/code-list.js';
import { GB_22128, ORDER_715 } from '../fields/standards.js';
import type { TableFormat } from './format.js';
import { PERSONAL_HEADERS } from './personal.js';
import { FINER_TYPES, VEHICLE_TYPES } from './vehicle-types.js';

const OWNER_KINDS: readonly Code[] = [
  {
    code: 'individual',
    name: { zh: '个人', en: 'individual' },
    also: ['自然人', '私人', 'private', 'person'],
  },
  {
    code: 'organisation',
    name: { zh: '单位', en: 'organisation' },
    also: ['企业', '公司', '机关', '事业单位', '国家机关', 'organization', 'company'],
  },
];

/**
 * The intake list of a dismantling enterprise (报废机动车回收台账). Plate, name and identity number of the owner are personal data and
 * are left out. Names and types of columns are those that enterprises use; they are not taken from an official template.
 */
export const scrappedVehicleIntake: TableFormat = {
  name: 'scrappedVehicleIntake',
  version: 1,
  title: { zh: '报废机动车回收台账', en: 'Intake list of scrapped vehicles' },
  source: ORDER_715,
  numbers: 'point',
  key: ['certificateNumber'],
  happenedOn: 'intakeDate',
  columns: [
    {
      name: 'certificateNumber',
      headers: {
        zh: ['回收证明编号', '报废机动车回收证明编号', '证明编号', '回收证明号', '报废证明编号'],
        en: ['certificate number', 'recycling certificate number', 'certificate no', 'certificate no.'],
      },
      field: {
        type: 'text',
        longest: 32,
        isCode: true,
        inCapitals: true,
        shape: {
          pattern: /^[0-9A-Z][0-9A-Z/-]{4,31}$/,
          about: { zh: '5 至 32 位数字、字母、“-”或“/”', en: '5 to 32 digits, letters, “-” or “/”' },
        },
      },
      required: true,
      source: ORDER_715,
    },
    {
      name: 'vin',
      headers: {
        zh: ['车辆识别代号', 'VIN', '车架号', '车辆识别代码', '车辆识别代号/车架号', 'VIN码'],
        en: ['VIN', 'vehicle identification number', 'chassis number'],
      },
      field: { type: 'vin' },
      required: true,
      source: { zh: 'GB 16735《道路车辆 车辆识别代号（VIN）》', en: 'GB 16735, VIN (ISO 3779)' },
    },
    {
      name: 'vehicleType',
      headers: { zh: ['车辆类型', '车型类别', '车辆种类'], en: ['vehicle type', 'type of vehicle'] },
      field: { type: 'codeList', codes: [...VEHICLE_TYPES, ...FINER_TYPES] },
      required: true,
      source: {
        zh: 'GA 802《道路交通管理 机动车类型》，归并',
        en: 'GA 802, types of motor vehicles, merged',
      },
    },
    {
      name: 'intakeDate',
      headers: {
        zh: ['回收日期', '入场日期', '进厂日期', '接收日期', '交车日期'],
        en: ['intake date', 'date of intake', 'received'],
      },
      field: { type: 'date', earliest: '2001-06-16', latest: '2099-12-31' },
      required: true,
      source: GB_22128,
    },
    {
      name: 'netMassGrams',
      headers: {
        zh: ['净重', '过磅净重', '称重净重', '净质量'],
        en: ['net mass', 'net weight', 'weighed mass'],
      },
      field: { type: 'quantity', measure: 'mass', least: 20_000, most: 60_000_000 },
      required: true,
      source: GB_22128,
    },
    {
      name: 'ownerKind',
      headers: {
        zh: ['车主类型', '所有人类型', '车主性质', '所有人性质'],
        en: ['owner kind', 'kind of owner'],
      },
      field: { type: 'codeList', codes: OWNER_KINDS },
      required: true,
      source: ORDER_715,
    },
  ],
  leftOut: PERSONAL_HEADERS,
};
