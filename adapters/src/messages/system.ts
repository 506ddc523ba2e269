import type { Role } from '@huilian/core';
import type { Phrase } from '../fields/phrase.js';

/** The four kinds of systems that are connected. */
export const SYSTEMS = ['insurance', 'repair', 'oldForReman', 'scrappedVehicle'] as const;
export type System = (typeof SYSTEMS)[number];

/** What each system is called, and in which role its operator takes part. */
export const systems: Readonly<Record<System, { readonly title: Phrase; readonly role: Role }>> = {
  insurance: { title: { zh: '保险理赔系统', en: 'insurance claims system' }, role: 'insurer' },
  repair: { title: { zh: '维修企业管理系统', en: 'repair shop system' }, role: 'repairShop' },
  oldForReman: { title: { zh: '以旧换再系统', en: 'old-for-reman system' }, role: 'remanufacturer' },
  scrappedVehicle: {
    title: { zh: '报废机动车回收管理系统', en: 'scrapped-vehicle management system' },
    role: 'dismantler',
  },
};
