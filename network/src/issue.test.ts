import { createPrivateKey, X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Credential, issueClient, issueTls, newAuthority } from './issue.js';

let authority: Credential;

beforeAll(async () => {
  authority = await newAuthority('an organisation');
});

describe('a client certificate', () => {
  it('names the client, its role and its issuer', async () => {
    const { certificate } = await issueClient(authority, 'gateway', { role: 'gateway' });
    const parsed = new X509Certificate(certificate);
    expect(parsed.subject).toBe('OU=client\nCN=gateway');
    expect(parsed.ca).toBe(false);
    expect(parsed.verify(new X509Certificate(authority.certificate).publicKey)).toBe(true);
    expect(parsed.raw.includes('{"attrs":{"role":"gateway"}}')).toBe(true);
  });

  it('is valid only while its issuer is', async () => {
    const issuer = new X509Certificate(authority.certificate);
    const parsed = new X509Certificate((await issueClient(authority, 'late', {})).certificate);
    expect(Date.parse(parsed.validFrom)).toBeGreaterThanOrEqual(Date.parse(issuer.validFrom));
    expect(Date.parse(parsed.validTo)).toBeLessThanOrEqual(Date.parse(issuer.validTo));
  });

  it('comes with the key that it names', async () => {
    const { certificate, privateKey } = await issueClient(authority, 'gateway', { role: 'gateway' });
    expect(new X509Certificate(certificate).checkPrivateKey(createPrivateKey(privateKey))).toBe(true);
  });

  it('never has the same serial number twice', async () => {
    const serials = await Promise.all(
      Array.from(
        { length: 20 },
        async () => new X509Certificate((await issueClient(authority, 'x', {})).certificate).serialNumber,
      ),
    );
    expect(new Set(serials).size).toBe(20);
  });
});

it('a TLS certificate is for this machine', async () => {
  const parsed = new X509Certificate((await issueTls(authority, 'chaincode', 'server')).certificate);
  expect(parsed.checkHost('localhost')).toBe('localhost');
  expect(parsed.checkIP('127.0.0.1')).toBe('127.0.0.1');
});
