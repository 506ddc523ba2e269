import { adapterServe } from './adapter-serve.js';
import { administration } from './administration.js';
import { applianceSteps } from './appliance-steps.js';
import { archive } from './archive.js';
import { batterySteps } from './battery-steps.js';
import { clocksList, itemClocks } from './clocks.js';
import type { Command } from './command.js';
import { correctionSteps } from './correction-steps.js';
import { completionOf } from './completion.js';
import { conformanceRun } from './conformance-run.js';
import { containerSteps } from './container-steps.js';
import { dismantle } from './dismantle.js';
import { doctor } from './doctor.js';
import { findingCommands } from './findings.js';
import { intake } from './intake.js';
import { itemNext } from './item-next.js';
import { itemShow, itemTrace, itemTree } from './item-read.js';
import { keyRegister, keyRevoke } from './key-administration.js';
import { keyInit, keyList, keyRequest, keyShow } from './key.js';
import { intakeTruck, lotSteps } from './lot-steps.js';
import { manifestSteps } from './manifest-steps.js';
import { lossSteps } from './loss-steps.js';
import { paperSteps } from './paper-steps.js';
import { partSteps } from './part-steps.js';
import { proof } from './proof.js';
import { queueLost, queueList, queuePush, queueRepair, queueUndo } from './queue.js';
import { remanSteps } from './reman-steps.js';
import { accept, dispose, fit, handover, inspect, refuse, remove, withdraw } from './steps.js';
import { stateShow } from './state-show.js';
import { stockCommands } from './stocks.js';
import { tableCheck } from './table-check.js';
import { tableImport } from './table-import.js';
import { tagParse } from './tag-parse.js';
import { tagImei } from './tag-imei.js';
import { tagRead } from './tag-read.js';
import { transitList } from './transit.js';
import { vehicleSteps } from './vehicle-steps.js';
import { verify } from './verify.js';
import { workCommands } from './work.js';
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
  tagImei,
  tagParse,
  intake,
  intakeTruck,
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
  ...lotSteps,
  ...manifestSteps,
  ...lossSteps,
  ...remanSteps,
  ...correctionSteps,
  ...workCommands,
  itemShow,
  itemNext,
  itemTrace,
  itemTree,
  itemClocks,
  clocksList,
  ...findingCommands,
  ...stockCommands,
  queueList,
  queuePush,
  queueUndo,
  queueRepair,
  queueLost,
  webhookAdd,
  webhookList,
  webhookShow,
  ...webhookChanges,
  ...administration,
  tableCheck,
  tableImport,
  adapterServe,
  conformanceRun,
  proof,
  verify,
  archive,
  stateShow,
  doctor,
  completionOf(() => commands),
];
