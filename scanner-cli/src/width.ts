import stringWidth from 'string-width';

/** Columns that a text takes on a terminal: a Chinese character takes two, colours none. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** The text with spaces behind it up to a number of columns. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}
