import { canonical } from '../bytes/canonical.js';
import { sha256Hex } from '../bytes/digest.js';

/** The prices of an old-for-reman sale line, in fen, with the salt that keeps them from being guessed. */
export interface OpenedPrice {
  readonly priceFen: number;
  readonly corePriceFen: number;
  readonly depositFen: number;
  /** 16 random bytes, base64url. */
  readonly salt: string;
}

/** An amount in fen with its salt, as {@link OpenedPrice}. */
export interface OpenedAmount {
  readonly amountFen: number;
  readonly salt: string;
}

/** The commitment to prices that stands on the ledger: SHA-256 over their canonical JSON, hex. */
export function priceCommitment({ priceFen, corePriceFen, depositFen, salt }: OpenedPrice): string {
  const opened = { priceFen, corePriceFen, depositFen, salt };
  return sha256Hex(canonical({ kind: 'huilian.price', version: 1, ...opened }));
}

/** The commitment to an amount, as {@link priceCommitment}. */
export function amountCommitment({ amountFen, salt }: OpenedAmount): string {
  return sha256Hex(canonical({ kind: 'huilian.amount', version: 1, amountFen, salt }));
}
