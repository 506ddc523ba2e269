import { holdsData } from '../model/facts/appliance-catalogue.js';
import type { ItemRow } from '../model/rows.js';
import type { Condition } from './lifecycle/index.js';
import { require } from './refusal.js';

/** What a unit itself tells about its way: used again or processed, never both. */
export const APPLIANCE_CHECKS: Partial<Readonly<Record<Condition, (item: ItemRow) => void>>> = {
  forReuse: ({ appliance }) => require(appliance?.route === 'reuse', 'HL-2120'),
  forProcessing: ({ appliance }) => require(appliance?.route === 'process', 'HL-2120'),
  dataErased: ({ category, appliance }) =>
    require(appliance?.dataErased === true || !keepsData(category, appliance), 'HL-2121'),
  unitTestPassed: ({ appliance }) => require(appliance?.test === 'passed', 'HL-2122'),
  labelled: ({ appliance, custodian }) => {
    require(appliance?.labelled === true, 'HL-2125');
    // Of rows that were written before it was kept nobody knows whose label it is.
    require(appliance.labelledBy === undefined || appliance.labelledBy === custodian, 'HL-2317');
  },
};

/** A unit whose memory was gone at intake keeps nothing. */
function keepsData(category: string, appliance: ItemRow['appliance']): boolean {
  return holdsData(category, appliance?.type) && appliance?.missing?.includes('storage') !== true;
}
