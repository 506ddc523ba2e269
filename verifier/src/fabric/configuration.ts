import { common, msp as mspProtos, orderer, peer } from '@hyperledger/fabric-protos';
import type { Identity } from './identity.js';
import { mspOfConfiguration, type Msp } from './msp.js';
import { Organisations, type SignedData } from './organisations.js';
import { satisfies } from './policy.js';

/** A member of a SmartBFT ordering service; `identity` is a SerializedIdentity. */
export interface Consenter {
  readonly id: number;
  readonly mspId: string;
  readonly identity: Uint8Array;
}

/** What the last configuration block says: who belongs to the channel and who decides what. */
export class Configuration {
  readonly sequence: number;
  readonly group: common.ConfigGroup;
  readonly organisations: Organisations;
  readonly consensus: string;
  readonly consenters: readonly Consenter[];

  constructor(config: common.Config) {
    this.sequence = config.getSequence();
    this.group = config.getChannelGroup() ?? new common.ConfigGroup();
    this.organisations = new Organisations(collectMsps(this.group));
    const ordering = this.group.getGroupsMap().get('Orderer') ?? new common.ConfigGroup();
    this.consensus = orderer.ConsensusType.deserializeBinary(valueOf(ordering, 'ConsensusType')).getType();
    this.consenters = common.Orderers.deserializeBinary(valueOf(ordering, 'Orderers'))
      .getConsenterMappingList()
      .map((member) => ({
        id: member.getId(),
        mspId: member.getMspId(),
        identity: serializeConsenter(member),
      }));
  }

  /** True when the signatures satisfy the policy at an absolute path, such as `/Channel/Orderer/BlockValidation`. */
  satisfiesPath(path: string, set: readonly SignedData[]): boolean {
    return this.identitiesSatisfyPath(path, this.organisations.signers(set));
  }

  identitiesSatisfyPath(path: string, signers: readonly Identity[]): boolean {
    const [channel, ...rest] = path.split('/').filter((part) => part !== '');
    const name = rest.pop();
    if (channel !== 'Channel' || name === undefined) return false;
    let group: common.ConfigGroup | undefined = this.group;
    for (const part of rest) group = group?.getGroupsMap().get(part);
    return group !== undefined && this.satisfiesPolicy(group, name, signers);
  }

  /** True when the signers satisfy the policy of that name in a group. A missing policy is satisfied by nobody. */
  satisfiesPolicy(group: common.ConfigGroup, name: string, signers: readonly Identity[]): boolean {
    const policy = group.getPoliciesMap().get(name)?.getPolicy();
    if (policy === undefined) return false;
    const bytes = policy.getValue_asU8();
    if (policy.getType() === common.Policy.PolicyType.SIGNATURE) {
      return satisfies(common.SignaturePolicyEnvelope.deserializeBinary(bytes), signers, this.organisations);
    }
    if (policy.getType() !== common.Policy.PolicyType.IMPLICIT_META) return false;
    const meta = common.ImplicitMetaPolicy.deserializeBinary(bytes);
    const groups = [...group.getGroupsMap().entries()].map(([, child]) => child);
    const satisfied = groups.filter((child) =>
      this.satisfiesPolicy(child, meta.getSubPolicy(), signers),
    ).length;
    return satisfied >= threshold(meta.getRule(), groups.length);
  }

  /** True when the signers satisfy an endorsement policy (a peer.ApplicationPolicy). */
  satisfiesApplicationPolicy(bytes: Uint8Array, signers: readonly Identity[]): boolean {
    const policy = peer.ApplicationPolicy.deserializeBinary(bytes);
    const signature = policy.getSignaturePolicy();
    if (signature !== undefined) return satisfies(signature, signers, this.organisations);
    return this.identitiesSatisfyPath(policy.getChannelConfigPolicyReference(), signers);
  }
}

function threshold(rule: number, groups: number): number {
  if (groups === 0) return 0;
  if (rule === common.ImplicitMetaPolicy.Rule.ANY) return 1;
  return rule === common.ImplicitMetaPolicy.Rule.ALL ? groups : Math.floor(groups / 2) + 1;
}

function valueOf(group: common.ConfigGroup, name: string): Uint8Array {
  return group.getValuesMap().get(name)?.getValue_asU8() ?? new Uint8Array();
}

/** The MSPs of all organisations, wherever in the tree they stand. */
function collectMsps(group: common.ConfigGroup): Msp[] {
  const own = group.getValuesMap().get('MSP');
  const msps = own === undefined ? [] : [mspOfConfiguration(own.getValue_asU8())];
  for (const [, child] of group.getGroupsMap().entries()) msps.push(...collectMsps(child));
  return msps;
}

function serializeConsenter(member: common.Consenter): Uint8Array {
  const identity = new mspProtos.SerializedIdentity();
  identity.setMspid(member.getMspId());
  identity.setIdBytes(member.getIdentity_asU8());
  return identity.serializeBinary();
}
