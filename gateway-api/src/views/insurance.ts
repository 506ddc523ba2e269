import { z } from 'zod';
import type { LossRow, SaleRow } from '@huilian/core';
import { declareView } from './declare.js';

/** Losses of vehicles, with their claims and lines. */
export const lossView = declareView({
  name: 'loss',
  schema: z.strictObject({
    /** `vehicle/number` */
    id: z.string(),
    vehicle: z.string(),
    row: z.custom<LossRow>(),
  }),
  key: 'id',
  indexes: { byVehicle: { fields: ['vehicle'] } },
});

/** Lines of sales for an old part, with what was claimed for the core. */
export const saleView = declareView({
  name: 'sale',
  schema: z.strictObject({
    /** `seller/sale/line`, the line with three digits. */
    id: z.string(),
    seller: z.string(),
    row: z.custom<SaleRow>(),
  }),
  key: 'id',
  indexes: { all: { fields: [] }, bySeller: { fields: ['seller'] } },
});
