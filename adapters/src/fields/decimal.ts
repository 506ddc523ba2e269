import { fault, type Reading } from './reading.js';

/** An exact decimal number: `digits` divided by ten to the power of `scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** What stands before the decimals: `point` as in 1,234.5 (China, United Kingdom), `comma` as in 1.234,5 (Germany). */
export const NUMBER_STYLES = ['point', 'comma'] as const;
export type NumberStyle = (typeof NUMBER_STYLES)[number];

/** Far more than any quantity here has. */
const LONGEST = 40;
const PLAIN: Readonly<Record<NumberStyle, RegExp>> = {
  point: /^(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?)$/,
  comma: /^(?:[0-9]+(?:,[0-9]+)?|,[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?)$/,
};

/**
 * Reads a number that a person wrote, exactly. Without a declared style it has to read alike in both: `1,234.5`, `1.234,5`, `1,5`,
 * `1234` and `0.125` do, `1,234` and `1.234` do not.
 *
 * @param text ASCII, see `folded`
 * @returns or a fault: HL-9120 not a number, HL-9121 with both readings
 */
export function readDecimal(text: string, style?: NumberStyle): Reading<Decimal> {
  if (text.length > LONGEST) return fault('HL-9120');
  const [, sign = '', body = ''] = /^([+-]?)\s*(.*)$/.exec(text.replace(/^\u2212/, '-')) ?? [];
  const styles = style === undefined ? NUMBER_STYLES : [style];
  const readings = styles.filter((each) => PLAIN[each].test(body)).map((each) => decimalOf(sign, body, each));
  const [first, second] = readings;
  if (!first) return fault('HL-9120');
  if (second && !isSame(first, second))
    return fault('HL-9121', { readings: `${decimalText(first)} | ${decimalText(second)}` });
  return { value: first };
}

function decimalOf(sign: string, body: string, style: NumberStyle): Decimal {
  const [point, group] = style === 'point' ? ['.', ','] : [',', '.'];
  const [whole = '', fraction = ''] = body.replaceAll(group, '').split(point);
  const digits = BigInt(whole + fraction);
  return { digits: sign === '-' ? -digits : digits, scale: fraction.length };
}

function isSame(a: Decimal, b: Decimal): boolean {
  return a.digits * 10n ** BigInt(b.scale) === b.digits * 10n ** BigInt(a.scale);
}

/** The number with a point before its decimals and nothing between the thousands. */
export function decimalText({ digits, scale }: Decimal): string {
  const bare = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const fraction = scale === 0 ? '' : `.${bare.slice(-scale)}`;
  return `${digits < 0n ? '-' : ''}${bare.slice(0, bare.length - scale)}${fraction}`;
}

/**
 * A number of units as a whole number of the smallest unit.
 *
 * @param factor how many of the smallest unit make one
 * @returns or a fault: HL-9125 when it does not come out even, HL-9126 when it is no safe integer
 */
export function wholeNumber({ digits, scale }: Decimal, factor: bigint): Reading<number> {
  const divisor = 10n ** BigInt(scale);
  const product = digits * factor;
  if (product % divisor !== 0n) return fault('HL-9125');
  const value = Number(product / divisor);
  return Number.isSafeInteger(value) ? { value } : fault('HL-9126');
}
