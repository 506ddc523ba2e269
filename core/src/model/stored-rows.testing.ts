import fc from 'fast-check';
import { toBase64url, toHex } from '../bytes/encode.js';
import { APPLIANCE_TYPES } from './facts/appliance-catalogue.js';
import type { ApplianceFacts } from './facts/appliance.js';
import { undoText } from './facts/correction.js';
import { INCOMPLETE_REASONS, TEST_RESULTS } from './facts/battery.js';
import type { BatchRow, ItemRow, LaneRow, Row } from './rows.js';
import type { LogisticsFacts } from './facts/logistics.js';
import type { LossRow, SaleRow } from './rows.js';
import {
  CORE_GRADES,
  COVERS,
  EVIDENCE_GRADES,
  EXCEPTION_REASONS,
  HOLD_REASONS,
  ITEM_KINDS,
  ITEM_STATES,
  PART_CLASSES,
  TOTAL_LOSSES,
} from './terms.js';

// What a row of the world state may hold, and rows of every kind.
const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
const hex = bytes.map(toHex);
const code = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,9}$/);
const party = fc.constantFrom('91320000MA0DEM001U', '91320000MA0DEM002Y');
const whole = fc.nat();
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });
const pairs = fc.array(fc.tuple(whole, fc.constantFrom('HL-2010', 'HL-2020')), { maxLength: 3 });

const appliance: fc.Arbitrary<ApplianceFacts> = fc.record({
  type: maybe(fc.constantFrom(...APPLIANCE_TYPES)),
  identity: maybe(fc.constantFrom('serial' as const, 'label' as const)),
  labelled: maybe(fc.constant(true)),
  labelledBy: maybe(party),
  screenTenthInches: maybe(whole),
  receivedBy: maybe(party),
  capacityGrams: maybe(whole),
  volumeLitres: maybe(whole),
  coolingWatts: maybe(whole),
  missing: maybe(fc.array(code)),
  incomplete: maybe(fc.constant(true)),
  partner: maybe(code),
  route: maybe(fc.constantFrom('reuse' as const, 'process' as const)),
  dataErased: maybe(fc.constant(true)),
  test: maybe(fc.constantFrom('passed' as const, 'failed' as const)),
  line: maybe(code),
  stepsVersion: maybe(whole),
  stepsDone: maybe(whole),
});

const check = fc.stringMatching(/^[A-Za-z0-9_-]{8}$/);
const checks = fc.array(check, { minLength: 1, maxLength: 3 });
const undo = fc.oneof(
  fc.record({ event: check }),
  fc.record({
    event: check,
    was: fc.constantFrom({}, { '': 'w' }, { '': 'i', s: 'r' }, { u: 'x', w: { g: 1 } }),
  }),
  fc.record({ event: check, outputs: whole, was: fc.constant({ '': 'm', s: 'p' }) }),
);
const undos = fc.array(undo, { minLength: 1, maxLength: 3 }).map((each) => each.map(undoText).join('|'));
const correction: fc.Arbitrary<NonNullable<ItemRow['correction']>> = fc.oneof(
  fc.record({ undo: undos }),
  fc.record({
    undo: maybe(undos),
    open: fc.record({ event: check, by: party }),
    questioned: maybe(checks),
    corrected: maybe(checks),
  }),
);

const exceptions = fc.array(
  fc.record({ reason: fc.constantFrom(...EXCEPTION_REASONS), items: fc.array(code, { maxLength: 2 }) }),
  { maxLength: 2 },
);
const service = maybe(fc.constant(true as const));
/** Never empty: a row without any of it has no such member. */
const logistics: fc.Arbitrary<LogisticsFacts> = fc
  .record({
    evidence: maybe(fc.constantFrom(...EVIDENCE_GRADES)),
    container: maybe(code),
    joined: maybe(whole),
    goods: maybe(
      fc.record({
        count: whole,
        levels: maybe(whole),
        owner: maybe(party),
        mixed: maybe(fc.constant(true as const)),
        bounds: maybe(fc.array(code, { maxLength: 2 })),
        origins: maybe(fc.array(code, { maxLength: 2 })),
        moves: fc.nat(3),
      }),
    ),
    differences: maybe(
      fc.array(
        fc.record({
          from: party,
          to: party,
          handedOverGrams: maybe(whole),
          acceptedGrams: maybe(whole),
          handedOverCount: maybe(whole),
          acceptedCount: maybe(whole),
        }),
        { minLength: 1, maxLength: 2 },
      ),
    ),
    exception: maybe(
      fc.record({ by: party, container: code, reason: fc.constantFrom(...EXCEPTION_REASONS) }),
    ),
    paperBy: maybe(party),
  })
  .map(({ joined, container, ...rest }) => ({
    ...rest,
    container,
    ...(container === undefined ? {} : { joined }),
  }))
  .filter((facts) => Object.values(facts).some((value) => value !== undefined));

export const item: fc.Arbitrary<ItemRow> = fc.record({
  kind: fc.constantFrom(...ITEM_KINDS),
  category: code,
  state: fc.constantFrom(...ITEM_STATES),
  custodian: party,
  owner: party,
  inspection: maybe(fc.constantFrom('fit' as const, 'unfit' as const)),
  massGrams: maybe(whole),
  tags: maybe(
    fc.array(fc.record({ scheme: fc.constantFrom('vin' as const, 'serial' as const), value: code })),
  ),
  parent: maybe(code),
  fittedInto: maybe(code),
  contested: maybe(fc.constant(true)),
  hold: maybe(fc.constantFrom(...HOLD_REASONS)),
  heldWith: maybe(code),
  model: maybe(fc.string({ maxLength: 9 })),
  appliance: maybe(appliance),
  battery: maybe(
    fc.record({
      capacityPermille: maybe(whole),
      result: maybe(fc.constantFrom(...TEST_RESULTS)),
      packs: maybe(fc.array(code)),
      incomplete: maybe(fc.constantFrom(...INCOMPLETE_REASONS)),
    }),
  ),
  handover: maybe(
    fc.record({ to: party, massGrams: maybe(whole), keepOwnership: maybe(fc.boolean()), service }),
  ),
  logistics: maybe(logistics),
  acceptances: maybe(
    fc.array(
      fc.record({
        by: party,
        from: party,
        massGrams: maybe(whole),
        count: maybe(whole),
        exceptions: maybe(exceptions),
        service,
      }),
    ),
  ),
  insurance: maybe(
    fc.record({
      changes: maybe(fc.array(fc.record({ part: code, since: whole }))),
      loss: maybe(code),
      missing: maybe(fc.array(code)),
      offer: maybe(code),
      repair: maybe(fc.record({ vehicle: code, loss: code, line: whole })),
      sale: maybe(code),
      unregistered: maybe(fc.constant(true as const)),
    }),
  ),
  correction: maybe(correction),
  count: whole,
  head: bytes.map(toBase64url),
});

const loss: fc.Arbitrary<LossRow> = fc.record({
  day: whole,
  reportedBy: party,
  totalLoss: maybe(fc.constantFrom(...TOTAL_LOSSES)),
  claims: fc.array(
    fc.record({ claim: code, insurer: party, cover: fc.constantFrom(...COVERS), against: maybe(party) }),
  ),
  lines: fc.array(
    fc.record({
      line: whole,
      version: whole,
      by: party,
      part: maybe(
        fc.record({
          category: code,
          quantity: whole,
          classes: fc.array(fc.constantFrom(...PART_CLASSES)),
          numbers: maybe(fc.array(code)),
        }),
      ),
      fitted: maybe(fc.array(code)),
      covers: fc.array(fc.record({ claim: whole, paid: maybe(fc.constant(true as const)) })),
    }),
  ),
});

const graded = fc.record({
  grade: fc.constantFrom(...CORE_GRADES),
  missing: maybe(fc.array(code, { minLength: 1 })),
});

const sale: fc.Arbitrary<SaleRow> = fc.record({
  product: code,
  category: code,
  price: hex,
  time: whole,
  statePilotVersion: maybe(whole),
  coreDepositVersion: maybe(whole),
  core: maybe(code),
  returned: maybe(whole),
  statePilot: maybe(graded),
  coreDeposit: maybe(fc.array(graded)),
});

const batch: fc.Arbitrary<BatchRow> = fc.record({
  digest: hex,
  root: hex,
  count: whole,
  refused: pairs,
  notices: maybe(pairs),
  gap: maybe(whole),
  ruleset: whole,
  time: whole,
  transaction: hex,
});

const lane: fc.Arbitrary<LaneRow> = fc.record({
  next: whole,
  head: fc.oneof(hex, fc.constant('')),
  gaps: maybe(fc.array(fc.tuple(whole, whole))),
  forked: maybe(whole),
  day: whole,
  events: whole,
  refused: whole,
});

export const rows: fc.Arbitrary<readonly [key: string, row: Row]> = fc.oneof(
  item.map((row) => ['item/hl1x', row] as const),
  batch.map((row) => ['recorded/key/0000000001', row] as const),
  lane.map((row) => ['lane/key', row] as const),
  loss.map((row) => ['loss/hl1x/L1', row] as const),
  sale.map((row) => ['reman/seller/S1/001', row] as const),
  fc.constant(['ledger', { id: 'ab' }] as const),
);
