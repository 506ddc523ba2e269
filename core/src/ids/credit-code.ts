const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/**
 * Check character of a unified social credit code: ISO 7064-like weighted sum modulo 31 (GB 32100-2015, section 4.5).
 *
 * @param body the first 17 characters
 */
export function creditCodeCheck(body: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of body) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** True for 18 characters of the code's alphabet with the right check character (GB 32100-2015). */
export function isCreditCode(text: string): boolean {
  return (
    /^[0-9A-HJ-NP-RTUWXY]{2}[0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}$/.test(text) &&
    creditCodeCheck(text.slice(0, 17)) === text[17]
  );
}
