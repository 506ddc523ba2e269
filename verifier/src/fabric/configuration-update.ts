import { common } from '@hyperledger/fabric-protos';
import type { Identity } from './identity.js';
import type { Configuration } from './configuration.js';

/** One thing that an update changed without the signatures it takes. */
export interface Unauthorised {
  readonly path: string;
  readonly policy: string;
}

/**
 * Compares two configurations and finds the first change that the signed update does not make or that its signers may not
 * make. Every changed element must stand in the update as it stands in the new configuration, and the policy named by the
 * element (or, for what was added or removed, by its group) in the old one must be satisfied.
 */
export function unauthorisedChange(
  before: Configuration,
  after: Configuration,
  lastUpdate: common.Envelope,
): Unauthorised | undefined {
  const { signers, writeSet } = readUpdate(lastUpdate, before);
  return compareGroups(before.group, after.group, writeSet, { before, signers }, ['Channel']);
}

interface Judge {
  readonly before: Configuration;
  readonly signers: readonly Identity[];
}

function readUpdate(
  envelope: common.Envelope,
  before: Configuration,
): { signers: Identity[]; writeSet: common.ConfigGroup | undefined } {
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const update = common.ConfigUpdateEnvelope.deserializeBinary(payload.getData_asU8());
  const bytes = update.getConfigUpdate_asU8();
  const signers = before.organisations.signers(
    update.getSignaturesList().map((signature) => ({
      data: Buffer.concat([signature.getSignatureHeader_asU8(), bytes]),
      identity: common.SignatureHeader.deserializeBinary(
        signature.getSignatureHeader_asU8(),
      ).getCreator_asU8(),
      signature: signature.getSignature_asU8(),
    })),
  );
  return { signers, writeSet: common.ConfigUpdate.deserializeBinary(bytes).getWriteSet() };
}

function compareGroups(
  before: common.ConfigGroup,
  after: common.ConfigGroup,
  written: common.ConfigGroup | undefined,
  judge: Judge,
  path: readonly string[],
): Unauthorised | undefined {
  if (equal(before, after)) return undefined;
  const ownChanged =
    before.getVersion() !== after.getVersion() || before.getModPolicy() !== after.getModPolicy();
  if (ownChanged || membersOf(before) !== membersOf(after)) {
    const policy = before.getModPolicy();
    const isWritten = written !== undefined && membersOf(written) === membersOf(after);
    if (!isWritten || !isAllowed(policy, before, judge)) return { path: path.join('/'), policy };
  }
  return (
    compareItems(before, after, written, judge, path) ?? compareChildren(before, after, written, judge, path)
  );
}

function compareItems(
  before: common.ConfigGroup,
  after: common.ConfigGroup,
  written: common.ConfigGroup | undefined,
  judge: Judge,
  path: readonly string[],
): Unauthorised | undefined {
  for (const [name, item] of itemsOf(after)) {
    const old = itemsOf(before).get(name);
    if (old !== undefined && equal(old, item)) continue;
    const inUpdate = written && itemsOf(written).get(name);
    const policy = (old ?? before).getModPolicy();
    const isWritten = inUpdate !== undefined && equal(inUpdate, item);
    // What is new stands or falls with its group, which was judged already.
    if (!isWritten || (old !== undefined && !isAllowed(policy, before, judge))) {
      return { path: [...path, name].join('/'), policy };
    }
  }
  return undefined;
}

function compareChildren(
  before: common.ConfigGroup,
  after: common.ConfigGroup,
  written: common.ConfigGroup | undefined,
  judge: Judge,
  path: readonly string[],
): Unauthorised | undefined {
  for (const [name, child] of after.getGroupsMap().entries()) {
    const old = before.getGroupsMap().get(name);
    const inUpdate = written?.getGroupsMap().get(name);
    if (old === undefined) {
      if (inUpdate === undefined || !equal(inUpdate, child))
        return { path: [...path, name].join('/'), policy: '' };
      continue;
    }
    const found = compareGroups(old, child, inUpdate, judge, [...path, name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A policy is named relative to its group, or by an absolute path. */
function isAllowed(policy: string, group: common.ConfigGroup, judge: Judge): boolean {
  if (policy === '') return false;
  if (policy.startsWith('/')) return judge.before.identitiesSatisfyPath(policy, judge.signers);
  return judge.before.satisfiesPolicy(group, policy, judge.signers);
}

type Item = common.ConfigValue | common.ConfigPolicy;

/** Values and policies of a group, by names that cannot meet. */
function itemsOf(group: common.ConfigGroup): Map<string, Item> {
  const items = new Map<string, Item>();
  for (const [name, value] of group.getValuesMap().entries()) items.set(`values/${name}`, value);
  for (const [name, policy] of group.getPoliciesMap().entries()) items.set(`policies/${name}`, policy);
  return items;
}

function membersOf(group: common.ConfigGroup): string {
  const groups = [...group.getGroupsMap().entries()].map(([name]) => `groups/${name}`);
  return [...groups, ...itemsOf(group).keys()].sort().join('\n');
}

/** Maps have no order in protobuf, so members are compared by name and not by their bytes. */
function equal(a: common.ConfigGroup | Item, b: common.ConfigGroup | Item): boolean {
  if (!(a instanceof common.ConfigGroup) || !(b instanceof common.ConfigGroup)) {
    return Buffer.from(a.serializeBinary()).equals(b.serializeBinary());
  }
  if (a.getVersion() !== b.getVersion() || a.getModPolicy() !== b.getModPolicy()) return false;
  if (membersOf(a) !== membersOf(b)) return false;
  const sameItems = [...itemsOf(a)].every(([name, item]) => {
    const other = itemsOf(b).get(name);
    return other !== undefined && equal(item, other);
  });
  return (
    sameItems &&
    [...a.getGroupsMap().entries()].every(([name, child]) => {
      const other = b.getGroupsMap().get(name);
      return other !== undefined && equal(child, other);
    })
  );
}
