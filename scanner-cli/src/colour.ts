import { styleText } from 'node:util';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Whether a stream is to be coloured: a terminal, unless NO_COLOR is set (no-color.org). FORCE_COLOR goes before both, as in
 * Node itself.
 */
export function wantsColour(env: Env, { isTTY }: { readonly isTTY?: boolean }): boolean {
  const { FORCE_COLOR: force, NO_COLOR: none, TERM: terminal } = env;
  if (force !== undefined && force !== '') return !['0', 'false'].includes(force);
  if (none !== undefined && none !== '') return false;
  return isTTY === true && terminal !== 'dumb';
}

export type Style = 'bold' | 'green' | 'red' | 'yellow';

/** A text in a style. Whether to style at all is the caller's to say, so the stream is not asked again. */
export function styled(style: Style, text: string): string {
  return styleText(style, text, { validateStream: false });
}

const MARKS: readonly (readonly [RegExp, Style])[] = [
  [/✓[^\s]* ?(accepted|已接受)?/g, 'green'],
  [/✗[^\s]* ?(refused|已拒绝)?/g, 'red'],
  [/HL-\d{4}/g, 'yellow'],
];

/** Colours the marks of verdicts and the codes in a text for a person. */
export function highlighted(text: string): string {
  return MARKS.reduce((so, [mark, style]) => so.replace(mark, (found) => styled(style, found)), text);
}
