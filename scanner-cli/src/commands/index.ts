import { administration } from './administration.js';
import { applianceSteps } from './appliance-steps.js';
import { archive } from './archive.js';
import { batterySteps } from './battery-steps.js';
import { clocksList, itemClocks } from './clocks.js';
import type { Command } from './command.js';
import { completionOf } from './completion.js';
import { containerSteps } from './container-steps.js';
import { dismantle } from './dismantle.js';
import { doctor } from './doctor.js';
import { findingCommands } from './findings.js';
import { intake } from './intake.js';
import { itemNext } from './item-next.js';
import { itemShow, itemTrace, itemTree } from './item-read.js';
import { keyRegister, keyRevoke } from './key-administration.js';
import { keyInit, keyList, keyRequest, keyShow } from './key.js';
import { paperSteps } from './paper-steps.js';
import { partSteps } from './part-steps.js';
import { proof } from './proof.js';
import { queueLost, queueList, queuePush, queueRepair } from './queue.js';
import { accept, dispose, fit, handover, inspect, refuse, remove, withdraw } from './steps.js';
import { stateShow } from './state-show.js';
import { tableCheck } from './table-check.js';
import { tagParse } from './tag-parse.js';
import { tagRead } from './tag-read.js';
import { transitList } from './transit.js';
import { vehicleSteps } from './vehicle-steps.js';
import { verify } from './verify.js';
import { webhookChanges } from './webhook-changes.js';
import { webhookAdd, webhookList, webhookShow } from './webhook.js';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  keyInit,
  keyShow,
  keyList,
  keyRequest,
  keyRegister,
  keyRevoke,
  tagRead,
  tagParse,
  intake,
  inspect,
  handover,
  withdraw,
  accept,
  refuse,
  dismantle,
  fit,
  remove,
  dispose,
  ...containerSteps,
  ...paperSteps,
  transitList,
  ...vehicleSteps,
  ...partSteps,
  ...batterySteps,
  ...applianceSteps,
  itemShow,
  itemNext,
  itemTrace,
  itemTree,
  itemClocks,
  clocksList,
  ...findingCommands,
  queueList,
  queuePush,
  queueRepair,
  queueLost,
  webhookAdd,
  webhookList,
  webhookShow,
  ...webhookChanges,
  ...administration,
  tableCheck,
  proof,
  verify,
  archive,
  stateShow,
  doctor,
  completionOf(() => commands),
];
