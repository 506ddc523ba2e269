import { common, msp, orderer, peer } from '@hyperledger/fabric-protos';
import type { Organisation } from './members.js';

/** The organisations of a channel for tests. */
export interface Channel {
  readonly name: string;
  readonly ordering: Organisation;
  /** Oversight, which every endorsement needs, stands first. */
  readonly application: readonly Organisation[];
}

/** The configuration of a channel with one Raft orderer: what the verifier looks at, and no more. */
export function configurationOf(channel: Channel): common.Config {
  const root = new common.ConfigGroup();
  const ordering = groupOf([channel.ordering]);
  const consensus = new orderer.ConsensusType();
  consensus.setType('etcdraft');
  addValue(ordering, 'ConsensusType', consensus.serializeBinary());
  addPolicy(ordering, 'BlockValidation', anyMember([channel.ordering.mspId]));
  const application = groupOf(channel.application);
  addPolicy(application, 'LifecycleEndorsement', oversightAndOther(channel));
  root.getGroupsMap().set('Orderer', ordering);
  root.getGroupsMap().set('Application', application);
  const config = new common.Config();
  config.setChannelGroup(root);
  return config;
}

/** The endorsement policy of the chaincode: a peer of Oversight and a peer of another organisation. */
export function endorsementPolicy(channel: Channel): Uint8Array {
  const policy = new peer.ApplicationPolicy();
  policy.setSignaturePolicy(oversightAndOther(channel));
  return policy.serializeBinary();
}

function groupOf(organisations: readonly Organisation[]): common.ConfigGroup {
  const group = new common.ConfigGroup();
  for (const organisation of organisations) {
    const own = new common.ConfigGroup();
    addValue(own, 'MSP', mspOf(organisation));
    group.getGroupsMap().set(organisation.mspId, own);
  }
  return group;
}

function mspOf({ mspId, authority }: Organisation): Uint8Array {
  const fabric = new msp.FabricMSPConfig();
  fabric.setName(mspId);
  fabric.setRootCertsList([Buffer.from(authority.pem)]);
  const units = new msp.FabricNodeOUs();
  units.setEnable(true);
  units.setClientOuIdentifier(unit('client'));
  units.setPeerOuIdentifier(unit('peer'));
  units.setAdminOuIdentifier(unit('admin'));
  units.setOrdererOuIdentifier(unit('orderer'));
  fabric.setFabricNodeOus(units);
  const config = new msp.MSPConfig();
  config.setConfig(fabric.serializeBinary());
  return config.serializeBinary();
}

function unit(name: string): msp.FabricOUIdentifier {
  const identifier = new msp.FabricOUIdentifier();
  identifier.setOrganizationalUnitIdentifier(name);
  return identifier;
}

function addValue(group: common.ConfigGroup, name: string, bytes: Uint8Array): void {
  const value = new common.ConfigValue();
  value.setValue(bytes);
  group.getValuesMap().set(name, value);
}

function addPolicy(group: common.ConfigGroup, name: string, envelope: common.SignaturePolicyEnvelope): void {
  const policy = new common.Policy();
  policy.setType(common.Policy.PolicyType.SIGNATURE);
  policy.setValue(envelope.serializeBinary());
  const entry = new common.ConfigPolicy();
  entry.setPolicy(policy);
  group.getPoliciesMap().set(name, entry);
}

function anyMember(mspIds: readonly string[]): common.SignaturePolicyEnvelope {
  const rules = mspIds.map((_, position) => signedBy(position));
  return envelopeOf(nOutOf(1, rules), mspIds, msp.MSPRole.MSPRoleType.MEMBER);
}

function oversightAndOther({ application }: Channel): common.SignaturePolicyEnvelope {
  const others = application.slice(1).map((_, position) => signedBy(position + 1));
  const mspIds = application.map(({ mspId }) => mspId);
  return envelopeOf(nOutOf(2, [signedBy(0), nOutOf(1, others)]), mspIds, msp.MSPRole.MSPRoleType.PEER);
}

function envelopeOf(
  rule: common.SignaturePolicy,
  mspIds: readonly string[],
  role: msp.MSPRole.MSPRoleTypeMap[keyof msp.MSPRole.MSPRoleTypeMap],
): common.SignaturePolicyEnvelope {
  const envelope = new common.SignaturePolicyEnvelope();
  envelope.setRule(rule);
  envelope.setIdentitiesList(
    mspIds.map((mspId) => {
      const named = new msp.MSPRole();
      named.setMspIdentifier(mspId);
      named.setRole(role);
      const principal = new msp.MSPPrincipal();
      principal.setPrincipalClassification(msp.MSPPrincipal.Classification.ROLE);
      principal.setPrincipal(named.serializeBinary());
      return principal;
    }),
  );
  return envelope;
}

function signedBy(position: number): common.SignaturePolicy {
  const policy = new common.SignaturePolicy();
  policy.setSignedBy(position);
  return policy;
}

function nOutOf(n: number, rules: common.SignaturePolicy[]): common.SignaturePolicy {
  const inner = new common.SignaturePolicy.NOutOf();
  inner.setN(n);
  inner.setRulesList(rules);
  const policy = new common.SignaturePolicy();
  policy.setNOutOf(inner);
  return policy;
}
