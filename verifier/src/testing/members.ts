import { nativeSigner } from '@huilian/fabric';
import { msp } from '@hyperledger/fabric-protos';
import { issue, type Issued } from './authority.js';

/** One who signs on the network: a peer, an orderer or a client. */
export interface Member {
  readonly mspId: string;
  /** A SerializedIdentity. */
  readonly identity: Uint8Array;
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>;
}

/** An organisation with its authority and those of its members that a ledger needs. */
export interface Organisation {
  readonly mspId: string;
  readonly authority: Issued;
  readonly peer: Member;
  readonly orderer: Member;
  readonly gateway: Member;
  readonly administrator: Member;
}

/** Issues the certificates of an organisation. */
export async function newOrganisation(mspId: string): Promise<Organisation> {
  const authority = await issue({ subject: `CN=${mspId}`, isAuthority: true });
  const member = async (unit: string, role?: string): Promise<Member> => {
    const subject = `CN=${role ?? unit}, OU=${unit}`;
    const { pem, privateKey } = await issue({ subject, authority, ...(role === undefined ? {} : { role }) });
    const identity = new msp.SerializedIdentity();
    identity.setMspid(mspId);
    identity.setIdBytes(Buffer.from(pem));
    return { mspId, identity: identity.serializeBinary(), sign: nativeSigner(privateKey) };
  };
  return {
    mspId,
    authority,
    peer: await member('peer'),
    orderer: await member('orderer'),
    gateway: await member('client', 'gateway'),
    administrator: await member('client', 'administrator'),
  };
}
