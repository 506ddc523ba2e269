import { adapters } from './adapters.js';
import { administration } from './administration.js';
import { admission } from './admission.js';
import { appliance } from './appliance.js';
import { batteries } from './batteries.js';
import { cells } from './cells.js';
import { closedWays } from './closed-ways.js';
import { correction } from './correction.js';
import { findings } from './findings.js';
import { formats } from './formats.js';
import { gateway } from './gateway.js';
import { lawfulWays } from './lawful-ways.js';
import { lots } from './lots.js';
import { logistics } from './logistics.js';
import { network } from './network.js';
import { insurance } from './insurance.js';
import { oldForReman } from './old-for-reman.js';
import type { MessageRow } from './row.js';
import { rules } from './rules.js';
import { scanner } from './scanner.js';
import { setup } from './setup.js';
import { store } from './store.js';
import { trade } from './trade.js';
import { tableRows } from './table-rows.js';
import { tables } from './tables.js';
import { supervision } from './supervision.js';
import { verification } from './verification.js';
import { webhooks } from './webhooks.js';

const rows = {
  ...formats,
  ...rules,
  ...trade,
  ...supervision,
  ...appliance,
  ...batteries,
  ...lots,
  ...lawfulWays,
  ...closedWays,
  ...insurance,
  ...oldForReman,
  ...correction,
  ...logistics,
  ...findings,
  ...admission,
  ...administration,
  ...gateway,
  ...network,
  ...store,
  ...verification,
  ...scanner,
  ...setup,
  ...tables,
  ...cells,
  ...tableRows,
  ...webhooks,
  ...adapters,
};

/** A stable code of the closed list, such as `HL-2020`. */
export type ErrorCode = keyof typeof rows;

/** The closed list of error codes. */
export const catalogue: Readonly<Record<ErrorCode, MessageRow>> = rows;

/** True when the text is a code of the closed list. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(catalogue, text);
}
