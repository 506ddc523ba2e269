import { AdministrationContract } from './administration.js';
import { ItemContract } from './items.js';
import { KeyContract } from './keys.js';
import { LaneContract } from './lanes.js';
import { ParticipantContract } from './participants.js';
import { ReceiptContract } from './receipts.js';
import { RecordContract } from './record.js';
import { RuleContract } from './rules.js';
import { StateContract } from './state.js';

/** All contracts of the chaincode. */
export const contracts = [
  RecordContract,
  AdministrationContract,
  ReceiptContract,
  ItemContract,
  ParticipantContract,
  KeyContract,
  LaneContract,
  RuleContract,
  StateContract,
];
