import { expected, type Context } from '../context.js';
import type { Phrase } from '../language.js';

/** One option of a command, in commander's notation. */
export interface CommandOption {
  readonly flags: string;
  readonly about: Phrase;
  readonly required?: true;
  /** True when the option may be given several times. */
  readonly many?: true;
  readonly choices?: readonly string[];
}

/** Values of a command's options by their names; what they hold is the command's to check. */
export type Options = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** A command as data: program, help and completion are made from the same list. */
export interface Command {
  /** Words, such as `tag read`. */
  readonly name: string;
  /** In commander's notation, such as `<files...>`. */
  readonly arguments?: string;
  readonly summary: Phrase;
  readonly options?: readonly CommandOption[];
  readonly run: (context: Context, options: Options, ...args: readonly string[]) => Promise<void>;
}

/** The text of an option, or undefined when it was not given. */
export function text(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** The text of an option without which the program does not run the command. */
export function named(options: Options, name: string): string {
  return text(options, name) ?? '';
}

/** The one of its choices that an option names, or undefined when it was not given; the program refuses any other. */
export function choice<T extends string>(
  options: Options,
  name: string,
  choices: readonly T[],
): T | undefined {
  return choices.find((known) => known === text(options, name));
}

/** The same of an option without which the program does not run the command. @throws HuilianError HL-7031 */
export function chosen<T extends string>(options: Options, name: string, choices: readonly T[]): T {
  const found = choice(options, name, choices);
  if (found === undefined) throw expected(`--${name}`, choices.join(', '));
  return found;
}

/** The texts of an option that may be given several times. */
export function texts(options: Options, name: string): readonly string[] {
  const value = options[name];
  return typeof value === 'string' ? [value] : typeof value === 'object' ? value : [];
}

export function flag(options: Options, name: string): boolean {
  return options[name] === true;
}
