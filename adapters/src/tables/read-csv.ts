import { pipeline, Readable } from 'node:stream';
import { HuilianError } from '@huilian/core';
import { CsvError, parse } from 'csv-parse';
import { BOUNDS } from './bounds.js';
import { isFilled, type Cell, type Delimiter, type Encoding, type Row, type Table } from './cell.js';
import { decoded, encodingOf } from './encoding.js';
import { delimiterOf, separatorLine } from './delimiter.js';

/** What the sender says of his CSV file; whatever is not said is found out. */
export interface CsvOptions {
  readonly encoding?: Encoding;
  readonly delimiter?: Delimiter;
}

/**
 * A CSV file (RFC 4180; semicolons and tabs as well, lines that end in LF, CRLF or CR). Every cell is text, also one that begins
 * with `=`: in a CSV file there are no formulas, only programs that make some of them.
 *
 * A quote inside of a cell without quotes is a character like others: `15" wheel`.
 *
 * @throws HuilianError HL-9002
 */
export function readCsv(bytes: Uint8Array, options: CsvOptions = {}): Table {
  const encoding = encodingOf(bytes, options.encoding);
  const beginning = decoded(bytes, encoding).next().value ?? '';
  const delimiter = options.delimiter ?? delimiterOf(beginning);
  const first = separatorLine(beginning) === undefined ? 1 : 2;
  const sheet = {
    hidden: false,
    hiddenColumns: new Set<number>(),
    rows: () => rowsOf(bytes, encoding, delimiter, first),
  };
  return { kind: 'csv', encoding, delimiter, sheets: [sheet] };
}

async function* rowsOf(
  bytes: Uint8Array,
  encoding: Encoding,
  delimiter: Delimiter,
  first: number,
): AsyncGenerator<Row, void, undefined> {
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: BOUNDS.recordBytes,
    record_delimiter: ['\r\n', '\n', '\r'],
  });
  // Ends the source when the reader of rows stops early; errors reach the loop below by the parser.
  pipeline(Readable.from(decoded(bytes, encoding)), parser, () => undefined);
  let row = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      row += 1;
      if (row > BOUNDS.rows) throw new HuilianError('HL-9007', { limit: BOUNDS.rows });
      if (record.length > BOUNDS.columns)
        throw new HuilianError('HL-9008', { row, limit: BOUNDS.columns, found: record.length });
      const cells = record.map((text): Cell | undefined =>
        text === '' ? undefined : { kind: 'text', text },
      );
      if (row >= first && cells.some(isFilled)) yield { row, cells, hidden: false };
    }
  } catch (cause) {
    throw asRefusal(cause);
  }
}

/** An error of the parser as one of ours; the row is the one that it was reading, which may be far ahead of the one that was taken. */
function asRefusal(cause: unknown): unknown {
  if (!(cause instanceof CsvError)) return cause;
  const row = Number(cause['records']) + 1;
  switch (cause.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return new HuilianError('HL-9010', { row }, { cause });
    case 'CSV_MAX_RECORD_SIZE':
      return new HuilianError('HL-9009', { row, limit: BOUNDS.recordBytes }, { cause });
    default:
      return new HuilianError('HL-9003', { row, reason: cause.code }, { cause });
  }
}
