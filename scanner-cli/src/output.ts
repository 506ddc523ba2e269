import { HuilianError, type Language } from '@huilian/core';
import { highlighted, styled, wantsColour, type Style } from './colour.js';
import { say, type Phrase } from './language.js';

/** Where text goes; the process's own streams, or a test's. */
export interface Sink {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

export interface OutputOptions {
  readonly language: Language;
  /** Data as one line of JSON instead of text. */
  readonly json: boolean;
  /** NO_COLOR, FORCE_COLOR and TERM are read from here. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly debug: boolean;
}

/**
 * Characters that do not show but steer a terminal or turn the direction of writing. Gateways and files bring texts along,
 * and none of them may move the cursor, recolour a verdict or write to the clipboard.
 */
const STEERING =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** The text with what would steer the terminal spelled out, `\u001b` for the escape. Good inside JSON too. */
function shown(text: string): string {
  return text.replace(STEERING, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What a command says: data on stdout, talk on stderr. */
export class Output {
  readonly #coloured: { readonly data: boolean; readonly talk: boolean };

  constructor(
    private readonly stdout: Sink,
    private readonly stderr: Sink,
    readonly options: OutputOptions,
  ) {
    const { env, json } = options;
    this.#coloured = { data: !json && wantsColour(env, stdout), talk: wantsColour(env, stderr) };
  }

  get language(): Language {
    return this.options.language;
  }

  /** The result: one line of JSON with `--json`, else text for a person. */
  data(value: unknown, text: string): void {
    const plain = shown(this.options.json ? JSON.stringify(value) : text);
    this.stdout.write(`${this.#coloured.data ? highlighted(plain) : plain}\n`);
  }

  /**
   * A result of lines: none at all when there are none, except with `--json`.
   *
   * @param none what the person is told when there are none
   */
  list(value: unknown, lines: readonly string[], none?: Phrase): void {
    if (this.options.json || lines.length > 0) this.data(value, lines.join('\n'));
    else if (none) this.talk(none);
  }

  /** A remark for the person at the keyboard. */
  talk(phrase: Phrase): void {
    this.stderr.write(`${shown(say(phrase, this.language))}\n`);
  }

  warn(phrase: Phrase): void {
    this.stderr.write(`${this.paint('yellow', shown(say(phrase, this.language)))}\n`);
  }

  /** An error with its stable code, what happened and what to do next. */
  error(error: HuilianError): void {
    const { json, debug } = this.options;
    const text = (json || debug ? error : brief(error)).text(this.language);
    this.stderr.write(`${this.paint('red', error.code)} ${shown(text)}\n`);
    if (debug) this.stderr.write(`${shown(causes(error))}\n`);
  }

  private paint(style: Style, text: string): string {
    return this.#coloured.talk ? styled(style, text) : text;
  }
}

/** Longest fact that a person at a scale is shown; what a peer said at greater length is for `--json` and for debugging. */
const LONGEST_REASON = 80;

/** The error without what a gateway or a peer said at length; reasons of the scanner's own (HL-7) are meant for the person. */
function brief(error: HuilianError): HuilianError {
  const { code, details } = error;
  if (!/^HL-[345]/.test(code)) return error;
  const short = Object.entries(details).filter(
    ([name, value]) => name !== 'reason' || String(value).length <= LONGEST_REASON,
  );
  return new HuilianError(code, Object.fromEntries(short));
}

function causes(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return [error.stack ?? error.message, causes(error.cause)]
    .filter((text) => text !== '')
    .join('\ncaused by ');
}

/** Any error as one of the closed list. */
export function asHuilianError(error: unknown): HuilianError {
  if (error instanceof HuilianError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new HuilianError('HL-7099', { message }, { cause: error });
}
