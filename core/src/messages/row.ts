/** What a user reads: what happened, and what to do next. */
export interface Text {
  readonly what: string;
  readonly next: string;
}

/** One row of the closed list of error codes. */
export interface MessageRow {
  /** Stable name, `subject.condition`. */
  readonly name: string;
  /** HTTP status of a problem with this code (RFC 9457). */
  readonly http: number;
  /** Exit code of the command `huilian`. */
  readonly exit: 0 | 1 | 2 | 3 | 4 | 5 | 6;
  readonly zh: Text;
  readonly en: Text;
}

/** A short way to write a row: name, status, exit code, then zh what, zh next, en what, en next. */
export function row(
  name: string,
  http: number,
  exit: MessageRow['exit'],
  zhWhat: string,
  zhNext: string,
  enWhat: string,
  enNext: string,
): MessageRow {
  return { name, http, exit, zh: { what: zhWhat, next: zhNext }, en: { what: enWhat, next: enNext } };
}
