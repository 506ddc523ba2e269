import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { Keyring } from './secrets.js';

const now = Date.now();
const message = { id: 'evt_0123456789ab_7_0_1', body: '{"type":"event.accepted.handover","零":"件"}' };

function keyring(
  kid = 'first',
  { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' }),
): Keyring {
  const key = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return new Keyring({ privateKey: key, publicKey: createPublicKey(key), jwk: { kid } });
}

/** The specification, without the library. */
function hmac(secret: string, timestamp: string): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const text = `${message.id}.${timestamp}.${message.body}`;
  return `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
}

describe('a signing secret', () => {
  it('has the form and the length that the specification wants', () => {
    const keys = keyring();
    const secret = keys.reveal('wh_a', keys.secret(1));
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]+=*$/);
    expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
  });

  it('is another one for each webhook, generation and gateway key, and the same each time', () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const [one, same, other] = [keyring('k', pair), keyring('k', pair), keyring('k')];
    const secrets = [
      one.reveal('wh_a', one.secret(1)),
      one.reveal('wh_a', one.secret(2)),
      one.reveal('wh_b', one.secret(1)),
      other.reveal('wh_a', other.secret(1)),
    ];
    expect(new Set(secrets).size).toBe(secrets.length);
    expect(same.reveal('wh_a', same.secret(1))).toBe(secrets[0]);
  });

  it('of another key of the gateway is noticed, and signs nothing', () => {
    const keys = keyring('second');
    const lost = { generation: 1, kid: 'first' };
    expect(keys.holds(lost)).toBe(false);
    expect(keys.sign('wh_a', [lost], message, now)['webhook-signature']).toBe('');
  });
});

describe('a signature', () => {
  it('is the HMAC of id, time and body, and the published library takes it', () => {
    const keys = keyring();
    const secret = keys.secret(1);
    const headers = keys.sign('wh_a', [secret], message, now);
    const shown = keys.reveal('wh_a', secret);
    expect(headers['webhook-signature']).toBe(hmac(shown, headers['webhook-timestamp']));
    expect(new StandardWebhook(shown).verify(message.body, { ...headers })).toEqual(JSON.parse(message.body));
  });

  it('stands beside that of the secret before, as long as that is in force', () => {
    const keys = keyring();
    const seconds = Math.floor(now / 1_000);
    const old = { ...keys.secret(1), until: seconds + 60 };
    const secrets = [keys.secret(2), old];
    const both = keys.sign('wh_a', secrets, message, now);
    expect(both['webhook-signature'].split(' ')).toEqual(
      secrets.map((secret) => hmac(keys.reveal('wh_a', secret), String(seconds))),
    );
    const later = keys.sign('wh_a', secrets, message, now + 60_000);
    expect(later['webhook-signature'].split(' ')).toHaveLength(1);
  });
});
