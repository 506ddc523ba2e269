/** Excel shows and keeps 15 significant digits. */
const SIGNIFICANT = 15;

/**
 * The number of a cell as Excel shows it with all its digits: no exponent, 15 significant digits. Excel writes the nearest binary
 * fraction, such as `1234.4000000000001` for 1234.4; what stands behind the fifteenth digit is not the sender's.
 *
 * @param text as in the file, such as `1.5E-3`
 * @returns such as `-1234.4`, or undefined for what is not a number or is out of all proportion
 */
export function plainDigits(text: string): string | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,3}))?$/.exec(text) ?? [];
  if (sign === undefined || whole + fraction === '' || text.length > 400) return undefined;
  const digits = (whole + fraction).replace(/^0+/, '');
  let scale = fraction.length - Number(exponent);
  let rounded = digits;
  if (digits.length > SIGNIFICANT) {
    const kept = BigInt(digits.slice(0, SIGNIFICANT)) + (digits.charAt(SIGNIFICANT) >= '5' ? 1n : 0n);
    scale -= digits.length - SIGNIFICANT;
    rounded = kept.toString();
  }
  return (sign === '-' && rounded !== '' ? '-' : '') + placed(rounded, scale);
}

/** Digits with the point before the last `scale` of them, without zeros that say nothing. */
function placed(digits: string, scale: number): string {
  if (digits === '') return '0';
  if (scale <= 0) return digits + '0'.repeat(-scale);
  const padded = digits.padStart(scale + 1, '0');
  const fraction = padded.slice(-scale).replace(/0+$/, '');
  return padded.slice(0, -scale) + (fraction === '' ? '' : `.${fraction}`);
}
