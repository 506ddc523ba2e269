import { creditCodeCheck, type Role } from '@huilian/core';

/** An enterprise of the trial. The names are invented. */
export interface Enterprise {
  readonly id: string;
  readonly name: string;
  readonly mspId: string;
  readonly roles: readonly Role[];
  readonly creditCode: string;
}

const enterprise = (id: string, name: string, mspId: string, body: string, ...roles: Role[]): Enterprise => ({
  id,
  name,
  mspId,
  roles,
  creditCode: body + creditCodeCheck(body),
});

/** Who takes part in the trial: plants, shops and factories in two organisations. */
export const cast = {
  dismantler: enterprise(
    'dismantler',
    '示例报废汽车拆解厂',
    'RecyclingMSP',
    '91320000MA0DEM001',
    'dismantler',
  ),
  processor: enterprise('processor', '示例电器处理厂', 'RecyclingMSP', '91320000MA0DEM002', 'processor'),
  smelter: enterprise('smelter', '示例冶炼厂', 'RecyclingMSP', '91320000MA0DEM003', 'smelter'),
  repairShop: enterprise('repairShop', '示例汽车维修店', 'AftermarketMSP', '91320000MA0DEM004', 'repairShop'),
  remanufacturer: enterprise(
    'remanufacturer',
    '示例再制造厂',
    'AftermarketMSP',
    '91320000MA0DEM005',
    'remanufacturer',
  ),
  auditor: enterprise('auditor', '示例审核机构', 'OversightMSP', '91320000MA0DEM006', 'auditor'),
} as const;

export type CastMember = keyof typeof cast;
