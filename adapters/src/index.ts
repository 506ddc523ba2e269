export { say, type Phrase } from './fields/phrase.js';
export { NUMBER_STYLES, type NumberStyle } from './fields/decimal.js';
export { readField, type Field, type FieldSurroundings, type FieldValue } from './fields/field.js';
export { allowedBy } from './fields/allowed.js';
export { titleOf, type Column, type TableFormat } from './formats/format.js';
export {
  importTable,
  type ImportOptions,
  type ImportSummary,
  type RowResult,
  type SheetSummary,
} from './formats/import-table.js';
export { formats } from './formats/index.js';
export type { Issue, Place } from './formats/issue.js';
export { tablesPage } from './formats/page.js';
export { beginReport, REPORT_KINDS, type ReportKind } from './report/report.js';
export type { Report } from './report/report-writer.js';
export { BOUNDS as TABLE_BOUNDS } from './tables/bounds.js';
export {
  columnLetters,
  DELIMITERS,
  ENCODINGS,
  type Cell,
  type DateSystem,
  type Delimiter,
  type Encoding,
  type Row,
  type Sheet,
  type Table,
} from './tables/cell.js';
export { readTable, type TableOptions } from './tables/read-table.js';
export type { EventOutcome, Ledger, Sent, SignedEvent } from './inbox/ledger.js';
export { messagesOf, messageType, messageTypes } from './messages/index.js';
export { messageJsonSchema } from './messages/schema.js';
export { SYSTEMS, systems, type System } from './messages/system.js';
export { startAdapter, type Adapter, type AdapterOptions } from './server/start.js';
export * from './clients/index.js';
export { hasSalts, withoutSalts } from './inbox/salts.js';
export { runImport, type ImportOutcome, type RunImport } from './inbox/run-import.js';
export { tableOf } from './formats/table-of.js';
export { dictionary, type Dictionary } from './dictionary/dictionary.js';
export { dictionaryPage } from './dictionary/page.js';
export { publishedSchemas, type PublishedSchema } from './dictionary/schemas.js';
export { readKit, type Kit } from './conformance/cases.js';
export { runInboxCases, type CaseResult, type InboxTarget } from './conformance/run-inbox.js';
export { runReceiverCases } from './conformance/run-receiver.js';
