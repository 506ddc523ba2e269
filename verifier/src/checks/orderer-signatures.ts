import type { LedgerBlock, OrdererSignature } from '@huilian/fabric';
import { common } from '@hyperledger/fabric-protos';
import { base64, differ } from '../difference.js';
import type { Configuration } from '../fabric/configuration.js';
import { verifiesSignature } from '../fabric/identity.js';
import type { SignedData } from '../fabric/organisations.js';

/** Who signed a block; with Raft it is one orderer, which the report says. */
export interface OrdererSigners {
  readonly form: 'signature header' | 'identifier header';
  readonly count: number;
}

const blockValidation = '/Channel/Orderer/BlockValidation';

/**
 * The orderers' signatures over metadata and header are valid, every one of them, and satisfy the policy for blocks of the
 * configuration before this block. Raft names its creator in a signature header; SmartBFT a consenter in an identifier header,
 * and its policy asks for a quorum.
 */
export function checkOrdererSignatures(block: LedgerBlock, configuration: Configuration): OrdererSigners {
  const place = { block: block.number };
  const signed = block.metadata.signatures.map((signature) => signedData(block, signature, configuration));
  for (const data of signed) {
    const identity = configuration.organisations.identity(data.identity);
    if (identity === undefined) {
      differ(
        'HL-6026',
        place,
        'identity of the orderer',
        'a member of the ordering service',
        base64(data.identity),
      );
    }
    if (!verifiesSignature(identity.publicKey, data.data, data.signature)) {
      differ('HL-6026', place, 'signature of the orderer', 'a valid signature', base64(data.signature), {
        subject: identity.certificate.subject,
      });
    }
  }
  if (!configuration.satisfiesPath(blockValidation, signed)) {
    differ('HL-6026', place, 'policy for blocks', blockValidation, `${String(signed.length)} signatures`);
  }
  const byIdentifier = block.metadata.signatures.some((signature) => signature.identifierHeader.length > 0);
  return { form: byIdentifier ? 'identifier header' : 'signature header', count: signed.length };
}

function signedData(
  block: LedgerBlock,
  signature: OrdererSignature,
  configuration: Configuration,
): SignedData {
  const byIdentifier = signature.signatureHeader.length === 0 && signature.identifierHeader.length > 0;
  const header = byIdentifier ? signature.identifierHeader : signature.signatureHeader;
  return {
    data: Buffer.concat([block.metadata.value, header, block.headerBytes]),
    identity: byIdentifier
      ? consenterIdentity(header, configuration)
      : common.SignatureHeader.deserializeBinary(header).getCreator_asU8(),
    signature: signature.signature,
  };
}

function consenterIdentity(header: Uint8Array, configuration: Configuration): Uint8Array {
  const id = common.IdentifierHeader.deserializeBinary(header).getIdentifier();
  return configuration.consenters.find((member) => member.id === id)?.identity ?? new Uint8Array();
}
