export * from './admin/bootstrap.js';
export * from './admin/key-request.js';
export * from './batch/batch.js';
export * from './batch/group.js';
export * from './batch/leaves.js';
export * from './batch/read-batch.js';
export * from './bytes/canonical.js';
export * from './bytes/digest.js';
export * from './bytes/encode.js';
export * from './bytes/merkle.js';
export * from './bytes/signature.js';
export { createdBy, itemSeen } from './findings/created.js';
export {
  decided,
  detect,
  intakesToSee,
  placesToSee,
  rivalsToSee,
  rowsToSee,
  type Detected,
} from './findings/detect.js';
export { eventsToSee } from './findings/corrections.js';
export * from './findings/finding.js';
export * from './findings/kinds.js';
export { FindingWatch, type FindingKeep, type JudgedTransaction } from './findings/watch.js';
export { stocksToSee } from './findings/stock.js';
export { STORAGE_LIMIT_TABLE } from './findings/storage-limits.js';
export { FINDING_TABLE, isFindingTable, STATION_TABLE } from './findings/tables.js';
export * from './ids/credit-code.js';
export * from './ids/event-id.js';
export * from './ids/item-id.js';
export * from './messages/catalogue.js';
export * from './messages/error.js';
export type { MessageRow, Text } from './messages/row.js';
export * from './model/claimants.js';
export * from './model/concerns.js';
export * from './model/event.js';
export * from './model/events.js';
export * from './model/facts/appliance-catalogue.js';
export {
  ERASURE_METHODS,
  IDENTITY_STRENGTHS,
  ROUTES,
  UNIT_TEST_RESULTS,
  type ApplianceFacts,
} from './model/facts/appliance.js';
export { INCOMPLETE_REASONS, TEST_RESULTS, type BatteryFacts } from './model/facts/battery.js';
export * from './model/evidence.js';
export type * from './model/facts/logistics.js';
export { MOST_PACKED } from './model/events/logistics.js';
export * from './model/fields.js';
export * from './model/row-keys.js';
export type { InsuranceFacts } from './model/facts/insurance.js';
export * from './model/loss.js';
export * from './model/rows.js';
export { MAX_GRADES, saleId, type GradedCore } from './model/sale.js';
export * from './model/stored-rows.js';
export * from './model/tables-on-record.js';
export * from './model/terms.js';
export { reasonWords } from './pages/reasons.js';
export { terms } from './pages/terms.js';
export { errorCodes, errorsPage } from './pages/errors.js';
export { rolePage } from './pages/role.js';
export { timelinePage } from './pages/timeline.js';
export { workTerms } from './pages/work-terms.js';
export { lifecyclePage } from './pages/lifecycle.js';
export * from './prices/commitments.js';
export { wholeFen, type Share } from './prices/largest-remainder.js';
export * from './prices/loss-shares.js';
export * from './prices/old-for-reman.js';
export * from './proof/receipt.js';
export * from './proof/short-proof.js';
export * from './proof/trust.js';
export * from './record/answer.js';
export * from './record/fold.js';
export type { BatchToJudge, RecordContext, RecordedBatch } from './record/judge.js';
export { MAX_ROWS, rowsChanged } from './record/needs.js';
export * from './record/outcome.js';
export * from './record/record.js';
export { LIST_OF_VERSIONS, versionAt } from './rules/in-force.js';
export { KNOWN_TABLES } from './rules/known-tables.js';
export { CORRECTION_TERM, CORRECTIONS, mayReplace, type Correction } from './rules/corrections.js';
export { becameOf, eventCheck, isQuestioned } from './rules/undo.js';
export { MAX_NESTING, outerOf } from './rules/item.js';
export { nearestOrigins, originOf } from './rules/origins.js';
export { lackingOf, tableOfLacking, type Lacking } from './rules/lacking.js';
export { nameOnPaper } from './rules/paper.js';
export { MASS_TOLERANCE } from './rules/dismantling.js';
export type { Verdict } from './rules/apply.js';
export {
  endsOf,
  isGone,
  lifecycle,
  stepOf,
  type Condition,
  type Step,
  type Who,
} from './rules/lifecycle/index.js';
export { nextSteps, type Looker, type NextStep } from './rules/lifecycle/next.js';
export { CORE_DEPOSIT, STATE_PILOT } from './rules/old-for-reman.js';
export { QUOTA, RULESETS } from './rules/rulesets.js';
export { provePossession } from './rules/keys.js';
export { licenceDigest } from './rules/participants.js';
export { parseBatteryCode, type BatteryCode, type BatteryLevel } from './tags/battery.js';
export { imeiCheckDigit, imeiTag, looksLikeImei, parseImei, type ImeiTag } from './tags/imei.js';
export { parseTag, tagOf, isTag, TAG_SCHEMES, type Scanned, type Tag, type TagScheme } from './tags/tag.js';
export { parseVin, vinCheckDigit } from './tags/vin.js';
export { gs1CheckDigit } from './tags/gs1.js';
export * from './time/arrangements.js';
export * from './time/clock-steps.js';
export { ClockWatch, type ClockKeep, type WatchedItem } from './time/clock-watch.js';
export * from './time/clocks.js';
export * from './time/day.js';
export * from './time/due.js';
export { movedItems } from './time/hands.js';
export * from './time/holidays.js';
export { turnClocks, type ItemTurn, type Undone } from './time/item-clocks.js';
export {
  CLOCK_STATUSES,
  clockIdsOf,
  clockOf,
  oldestOf,
  runningIds,
  type ClockBook,
  type KeptClock,
} from './time/kept-clock.js';
export * from './time/late.js';
export { startMissing } from './time/missing-goods.js';
export { retractionsIn, type Retraction } from './time/retractions.js';
export * from './time/runs.js';
export * from './time/tables.js';
export * from './time/terms.js';
export { HAZARDOUS_TABLE, thingOf } from './time/thing.js';
export * from './time/time-limits.js';
export * from './timeline/loss-steps.js';
export * from './timeline/reporting.js';
export * from './timeline/sights.js';
export * from './timeline/topics.js';
export * from './time/timed-event.js';
