import type { common } from '@hyperledger/fabric-protos';
import { msp as mspProtos } from '@hyperledger/fabric-protos';
import type { Identity, NodeRole } from './identity.js';
import type { Organisations } from './organisations.js';

const { MSPPrincipal, MSPRole } = mspProtos;

/**
 * True when the signers satisfy a signature policy. As in Fabric, a signer counts for one principal only and the rules are
 * tried in order.
 */
export function satisfies(
  policy: common.SignaturePolicyEnvelope,
  signers: readonly Identity[],
  organisations: Organisations,
): boolean {
  const rule = policy.getRule();
  if (rule === undefined) return false;
  const principals = policy.getIdentitiesList();
  return evaluate(
    rule,
    { principals, signers, organisations },
    signers.map(() => false),
  );
}

interface Case {
  readonly principals: readonly mspProtos.MSPPrincipal[];
  readonly signers: readonly Identity[];
  readonly organisations: Organisations;
}

function evaluate(rule: common.SignaturePolicy, given: Case, used: boolean[]): boolean {
  const nOutOf = rule.getNOutOf();
  if (nOutOf === undefined) return signedBy(given.principals[rule.getSignedBy()], given, used);
  let count = 0;
  for (const inner of nOutOf.getRulesList()) {
    const attempt = [...used];
    if (!evaluate(inner, given, attempt)) continue;
    count += 1;
    used.splice(0, used.length, ...attempt);
  }
  return count >= nOutOf.getN();
}

function signedBy(principal: mspProtos.MSPPrincipal | undefined, given: Case, used: boolean[]): boolean {
  if (principal === undefined) return false;
  const position = given.signers.findIndex(
    (signer, at) => used[at] !== true && isPrincipal(signer, principal, given.organisations),
  );
  if (position < 0) return false;
  used[position] = true;
  return true;
}

function isPrincipal(
  signer: Identity,
  principal: mspProtos.MSPPrincipal,
  organisations: Organisations,
): boolean {
  const bytes = principal.getPrincipal_asU8();
  switch (principal.getPrincipalClassification()) {
    case MSPPrincipal.Classification.ROLE:
      return hasRole(signer, MSPRole.deserializeBinary(bytes));
    case MSPPrincipal.Classification.ORGANIZATION_UNIT: {
      const unit = mspProtos.OrganizationUnit.deserializeBinary(bytes);
      const name = unit.getOrganizationalUnitIdentifier();
      return signer.mspId === unit.getMspIdentifier() && signer.organisationalUnits.includes(name);
    }
    case MSPPrincipal.Classification.IDENTITY:
      return organisations.identity(bytes)?.certificate.fingerprint256 === signer.certificate.fingerprint256;
    default:
      return false;
  }
}

const roleNames = new Map<number, NodeRole>([
  [MSPRole.MSPRoleType.ADMIN, 'admin'],
  [MSPRole.MSPRoleType.CLIENT, 'client'],
  [MSPRole.MSPRoleType.PEER, 'peer'],
  [MSPRole.MSPRoleType.ORDERER, 'orderer'],
]);

function hasRole(signer: Identity, role: mspProtos.MSPRole): boolean {
  if (signer.mspId !== role.getMspIdentifier()) return false;
  if (role.getRole() === MSPRole.MSPRoleType.MEMBER) return true;
  const name = roleNames.get(role.getRole());
  return name !== undefined && signer.roles.has(name);
}
