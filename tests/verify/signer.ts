import { randomBytes, randomUUID } from 'node:crypto';
import { Signer } from '@huilian/core/testing';

/** A signer whose key nobody had before, with the clock of this machine. */
export function freshSigner(ledger: string): Signer {
  return new Signer(randomUUID(), ledger, () => Math.floor(Date.now() / 1000));
}

/** 16 random bytes in base64url. */
export function newNonce(): string {
  return randomBytes(16).toString('base64url');
}
