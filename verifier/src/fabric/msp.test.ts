import { beforeAll, describe, expect, it } from 'vitest';
import { issue, type Issued } from '../testing/authority.js';
import { isValidAt } from './identity.js';
import { identify, mspOfCertificates } from './msp.js';

let root: Issued;
let intermediate: Issued;
let stranger: Issued;

beforeAll(async () => {
  root = await issue({ subject: 'CN=root', isAuthority: true });
  intermediate = await issue({ subject: 'CN=intermediate', isAuthority: true, authority: root });
  stranger = await issue({ subject: 'CN=root', isAuthority: true });
});

describe('An organisation vouches for', () => {
  it('a certificate that its root issued, in the role of its organisational unit', async () => {
    const { pem } = await issue({ subject: 'CN=peer0, OU=peer', authority: root });
    const identity = identify(mspOfCertificates('OversightMSP', [root.pem]), Buffer.from(pem));
    expect(identity?.mspId).toBe('OversightMSP');
    expect([...(identity?.roles ?? [])]).toEqual(['peer']);
  });

  it('a certificate that an intermediate authority issued', async () => {
    const { pem } = await issue({ subject: 'CN=peer0, OU=peer', authority: intermediate });
    const msp = mspOfCertificates('OversightMSP', [root.pem], [intermediate.pem]);
    expect(identify(msp, Buffer.from(pem))).toBeDefined();
    expect(identify(mspOfCertificates('OversightMSP', [root.pem]), Buffer.from(pem))).toBeUndefined();
  });

  it('nobody whose certificate a stranger of the same name issued', async () => {
    const { pem } = await issue({ subject: 'CN=peer0, OU=peer', authority: stranger });
    expect(identify(mspOfCertificates('OversightMSP', [root.pem]), Buffer.from(pem))).toBeUndefined();
  });

  it.each(['CN=nobody', 'CN=both, OU=peer, OU=client'])(
    'nobody without exactly one role: %s',
    async (subject) => {
      const { pem } = await issue({ subject, authority: root });
      expect(identify(mspOfCertificates('OversightMSP', [root.pem]), Buffer.from(pem))).toBeUndefined();
    },
  );

  it('no authority, and nothing that is not a certificate', () => {
    const msp = mspOfCertificates('OversightMSP', [root.pem]);
    expect(identify(msp, Buffer.from(intermediate.pem))).toBeUndefined();
    expect(identify(msp, Buffer.from('-----BEGIN CERTIFICATE-----'))).toBeUndefined();
  });

  it('a time that every certificate of the chain covers', async () => {
    const notBefore = new Date('2026-01-01T00:00:00Z');
    const notAfter = new Date('2026-02-01T00:00:00Z');
    const { pem } = await issue({ subject: 'CN=peer0, OU=peer', authority: root, notBefore, notAfter });
    const identity = identify(mspOfCertificates('OversightMSP', [root.pem]), Buffer.from(pem));
    if (identity === undefined) throw new Error('an identity');
    expect(isValidAt(identity, Date.parse('2026-01-15T00:00:00Z') / 1000)).toBe(true);
    expect(isValidAt(identity, Date.parse('2026-02-02T00:00:00Z') / 1000)).toBe(false);
    expect(isValidAt(identity, Date.parse('2025-12-31T00:00:00Z') / 1000)).toBe(false);
  });
});
