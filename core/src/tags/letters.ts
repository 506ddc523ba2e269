/**
 * What a person typed, as it was meant: an input method set to full width gives other characters (U+FF01 to U+FF5E,
 * U+3000) for the same ASCII ones.
 */
export function halfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ');
}

/** Small letters as capitals, those of ASCII alone: `toUpperCase` makes an I of `ı` and an S of `ſ` too. */
export function capitals(text: string): string {
  return text.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 32));
}
