import { readFile } from 'node:fs/promises';
import { createPrivateKey } from 'node:crypto';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, EndorseError, hash, signers } from '@hyperledger/fabric-gateway';
import { common, gateway as protos, peer } from '@hyperledger/fabric-protos';
import type { NetworkDescription } from '@huilian/network';

/**
 * Asks a peer to endorse a group in a transaction whose time is off.
 *
 * @param seconds added to the present time
 * @returns `endorsed`, or what the peers said against it
 */
export async function endorseAt(
  network: NetworkDescription,
  group: Uint8Array,
  seconds: number,
): Promise<string> {
  const [organisation] = network.organisations;
  const identity = organisation?.identities['gateway'];
  if (!organisation || !identity) throw new Error('no gateway identity');
  const { address, hostOverride, tlsCa } = organisation.peer;
  const client = new Client(address, credentials.createSsl(await readFile(tlsCa)), {
    'grpc.ssl_target_name_override': hostOverride,
  });
  const connection = connect({
    client,
    identity: { mspId: organisation.mspId, credentials: await readFile(identity.cert) },
    signer: signers.newPrivateKeySigner(createPrivateKey(await readFile(identity.key))),
    hash: hash.sha256,
  });
  try {
    const contract = connection.getNetwork(network.channel).getContract(network.chaincode);
    const proposal = contract.newProposal('Record:record', { arguments: [group] });
    await connection.newProposal(moved(proposal.getBytes(), seconds)).endorse();
    return 'endorsed';
  } catch (error) {
    if (!(error instanceof EndorseError)) throw error;
    return [error.message, ...error.details.map(({ message }) => message)].join('\n');
  } finally {
    connection.close();
    client.close();
  }
}

/** The same proposal, not yet signed, with another time in its channel header. */
function moved(bytes: Uint8Array, seconds: number): Uint8Array {
  const proposed = protos.ProposedTransaction.deserializeBinary(bytes);
  const signed = proposed.getProposal() ?? new peer.SignedProposal();
  const proposal = peer.Proposal.deserializeBinary(signed.getProposalBytes_asU8());
  const header = common.Header.deserializeBinary(proposal.getHeader_asU8());
  const channel = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
  const timestamp = channel.getTimestamp();
  if (!timestamp) throw new Error('a proposal without a time');
  timestamp.setSeconds(timestamp.getSeconds() + seconds);
  header.setChannelHeader(channel.serializeBinary());
  proposal.setHeader(header.serializeBinary());
  signed.setProposalBytes(proposal.serializeBinary());
  signed.setSignature('');
  proposed.setProposal(signed);
  return proposed.serializeBinary();
}
