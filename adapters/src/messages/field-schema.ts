import { HuilianError, isCreditCode, looksLikeImei, parseImei, parseVin } from '@huilian/core';
import { z } from 'zod';
import type { Field } from '../fields/field.js';

/** The one form that a member of a message has in JSON: what a table's cell is read to. */
export function fieldSchema(field: Field): z.ZodType<string | number> {
  switch (field.type) {
    case 'text': {
      const text = z.string().min(1).max(field.longest);
      const shaped = field.shape === undefined ? text : text.regex(field.shape.pattern);
      return field.isSerial
        ? shaped.refine((value) => !looksLikeImei(value), { params: { code: 'HL-1048' } })
        : shaped;
    }
    case 'integer':
    case 'quantity':
      return z.int().min(field.least).max(field.most);
    case 'date':
      return z.iso.date().refine((day) => day >= field.earliest && day <= field.latest);
    case 'time':
      return z.int().min(0);
    case 'vin':
      return z
        .string()
        .regex(/^[A-HJ-NPR-Z0-9]{17}$/)
        .refine(isVin, { params: { code: 'HL-1042' } });
    case 'creditCode':
      return z
        .string()
        .regex(/^[0-9A-Z]{18}$/)
        .refine(isCreditCode, { params: { code: 'HL-1031' } });
    case 'imei':
      return z
        .string()
        .regex(/^[0-9]{15}$/)
        .refine(isImei, { params: { code: 'HL-1047' } });
    case 'codeList':
      return z.enum(field.codes.map(({ code }) => code));
  }
}

function isVin(text: string): boolean {
  try {
    return parseVin(text).vin === text;
  } catch {
    return false;
  }
}

function isImei(text: string): boolean {
  try {
    return parseImei(text) === text;
  } catch (error) {
    if (error instanceof HuilianError) return false;
    throw error;
  }
}
