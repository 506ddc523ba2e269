import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressRefused, areNetworks, Targets } from './targets.js';

const strict = new Targets([], false);

function code(targets: Targets, url: string): string {
  try {
    targets.read(url);
    return 'ok';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

function resolved(targets: Targets, name: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    targets.lookup(name, { all: true }, (error, addresses) => {
      if (error !== null) reject(error);
      else resolve((addresses as { address: string }[]).map(({ address }) => address));
    });
  });
}

describe('an address that an owner gives', () => {
  it.each([
    'https://receiver.example/hooks?of=plant',
    'https://receiver.example:8443/',
    'https://93.184.216.34/',
    'https://[2606:2800:220:1::1]/',
  ])('may be %s', (url) => {
    expect(strict.read(url)).toBe(url);
  });

  it.each([
    'http://receiver.example/',
    'http://127.0.0.1:8080/',
    'http://localhost:8080/',
    'ftp://receiver.example/',
    'file:///etc/passwd',
    'receiver.example',
    '',
    'https://user@receiver.example/',
    'https://user:word@receiver.example/',
    'https://receiver.example/#part',
    `https://receiver.example/${'a'.repeat(2_048)}`,
    'https://127.0.0.1/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.8/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fd00::1]/',
    'https://[64:ff9b::a00:1]/',
    'https://[2002:a00:1::]/',
  ])('may not be %s', (url) => {
    expect(code(strict, url)).toBe('HL-4070');
    expect(strict.permits(url)).toBe(false);
  });

  it('may be in a private network that the operator names, and in no other', () => {
    const targets = new Targets(['10.1.0.0/16', 'fd00:1::/32'], false);
    for (const url of ['https://10.1.2.3/', 'https://[fd00:1::5]/']) expect(code(targets, url)).toBe('ok');
    for (const url of ['https://10.2.0.1/', 'https://[fd00:2::5]/', 'http://10.1.2.3/'])
      expect(code(targets, url)).toBe('HL-4070');
  });

  it('may be this machine, also without TLS, in development alone', () => {
    const development = new Targets([], true);
    for (const url of ['http://127.0.0.1:1/', 'http://localhost:1/', 'http://[::1]:1/', 'https://127.0.0.1/'])
      expect(code(development, url)).toBe('ok');
    for (const url of ['http://receiver.example/', 'http://10.0.0.1/', 'http://127.0.0.1.example.org/'])
      expect(code(development, url)).toBe('HL-4070');
  });
});

describe('a connection', () => {
  const byte = fc.nat({ max: 255 });
  it('is never made to a private network of IPv4, in none of its spellings', () => {
    const anywhere = fc
      .tuple(byte, byte, byte)
      .chain(([a, b, c]) =>
        fc.constantFrom(
          `10.${a}.${b}.${c}`,
          `127.${a}.${b}.${c}`,
          `192.168.${b}.${c}`,
          `169.254.${b}.${c}`,
          `172.${16 + (a % 16)}.${b}.${c}`,
          `100.${64 + (a % 64)}.${b}.${c}`,
          `0.${a}.${b}.${c}`,
          `${224 + (a % 32)}.${a}.${b}.${c}`,
        ),
      );
    fc.assert(
      fc.property(anywhere, (address) => {
        expect(strict.allows(address)).toBe(false);
        expect(strict.allows(`::ffff:${address}`)).toBe(false);
      }),
    );
  });

  it.each([
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    '::',
    'ff02::1',
    '2001::1',
    '2001:db8::1',
    'no address',
    '',
  ])('is not made to %s', (address) => {
    expect(strict.allows(address)).toBe(false);
  });

  it('is made to public addresses', () => {
    for (const address of ['1.1.1.1', '223.5.5.5', '2400:3200::1']) expect(strict.allows(address)).toBe(true);
  });

  it('is made to the addresses that were looked at, or to none', async () => {
    await expect(resolved(strict, 'localhost')).rejects.toBeInstanceOf(AddressRefused);
    const found = await resolved(new Targets([], true), 'localhost');
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((address) => address === '127.0.0.1' || address === '::1')).toBe(true);
  });
});

it('knows a network from what is none', () => {
  expect(areNetworks(['10.0.0.0/8', 'fd00::/8', '1.2.3.4/32'])).toBe(true);
  for (const text of ['10.0.0.0', '10.0.0.0/33', 'fd00::/129', 'office/8', '10.0.0.0/a', '/8'])
    expect(areNetworks([text]), text).toBe(false);
});
