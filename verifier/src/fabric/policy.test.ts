import { common, msp as mspProtos } from '@hyperledger/fabric-protos';
import { beforeAll, describe, expect, it } from 'vitest';
import { issue } from '../testing/authority.js';
import type { Identity, NodeRole } from './identity.js';
import { mspOfCertificates, type Msp } from './msp.js';
import { Organisations } from './organisations.js';
import { satisfies } from './policy.js';

const names = ['RecyclingMSP', 'AftermarketMSP', 'OversightMSP'] as const;
type Name = (typeof names)[number];

let organisations: Organisations;
const peers = new Map<Name, Identity>();
const clients = new Map<Name, Identity>();

beforeAll(async () => {
  const msps: Msp[] = [];
  const pems: { name: Name; role: NodeRole; pem: string }[] = [];
  for (const name of names) {
    const root = await issue({ subject: `CN=${name}`, isAuthority: true });
    msps.push(mspOfCertificates(name, [root.pem]));
    for (const role of ['peer', 'client'] as const) {
      pems.push({ name, role, pem: (await issue({ subject: `CN=x, OU=${role}`, authority: root })).pem });
    }
  }
  organisations = new Organisations(msps);
  for (const { name, role, pem } of pems) {
    const identity = organisations.identity(serialized(name, pem));
    if (identity !== undefined) (role === 'peer' ? peers : clients).set(name, identity);
  }
});

describe('The policy "Oversight and one other"', () => {
  const policy = all([peerOf('OversightMSP'), any([peerOf('RecyclingMSP'), peerOf('AftermarketMSP')])]);

  it.each([
    [['OversightMSP', 'RecyclingMSP'], true],
    [['AftermarketMSP', 'OversightMSP'], true],
    [['OversightMSP', 'AftermarketMSP', 'RecyclingMSP'], true],
    [['RecyclingMSP', 'AftermarketMSP'], false],
    [['OversightMSP'], false],
    [[], false],
  ] as const)('signed by %j: %j', (signers, expected) => {
    const identities = signers.map((name) => peers.get(name)).filter((peer) => peer !== undefined);
    expect(satisfies(policy, identities, organisations)).toBe(expected);
  });

  it('is not satisfied by clients', () => {
    expect(satisfies(policy, [...clients.values()], organisations)).toBe(false);
  });

  it('counts one signer for one principal only', () => {
    const twice = all([peerOf('OversightMSP'), peerOf('OversightMSP')]);
    const oversight = peers.get('OversightMSP');
    expect(satisfies(twice, oversight === undefined ? [] : [oversight], organisations)).toBe(false);
  });
});

type Rule = (principals: mspProtos.MSPPrincipal[]) => common.SignaturePolicy;

function all(rules: readonly Rule[]): common.SignaturePolicyEnvelope {
  const principals: mspProtos.MSPPrincipal[] = [];
  const envelope = new common.SignaturePolicyEnvelope();
  envelope.setRule(nOutOf(rules.length, rules)(principals));
  envelope.setIdentitiesList(principals);
  return envelope;
}

function any(rules: readonly Rule[]): Rule {
  return nOutOf(1, rules);
}

function nOutOf(n: number, rules: readonly Rule[]): Rule {
  return (principals) => {
    const inner = new common.SignaturePolicy.NOutOf();
    inner.setN(n);
    inner.setRulesList(rules.map((rule) => rule(principals)));
    const policy = new common.SignaturePolicy();
    policy.setNOutOf(inner);
    return policy;
  };
}

function peerOf(name: Name): Rule {
  return (principals) => {
    const role = new mspProtos.MSPRole();
    role.setMspIdentifier(name);
    role.setRole(mspProtos.MSPRole.MSPRoleType.PEER);
    const principal = new mspProtos.MSPPrincipal();
    principal.setPrincipalClassification(mspProtos.MSPPrincipal.Classification.ROLE);
    principal.setPrincipal(role.serializeBinary());
    principals.push(principal);
    const policy = new common.SignaturePolicy();
    policy.setSignedBy(principals.length - 1);
    return policy;
  };
}

function serialized(mspId: string, pem: string): Uint8Array {
  const identity = new mspProtos.SerializedIdentity();
  identity.setMspid(mspId);
  identity.setIdBytes(Buffer.from(pem));
  return identity.serializeBinary();
}
