import { msp as mspProtos } from '@hyperledger/fabric-protos';
import { verifiesSignature, type Identity } from './identity.js';
import { identify, type Msp } from './msp.js';

/** Something signed, as Fabric's policies see it. */
export interface SignedData {
  readonly data: Uint8Array;
  /** A SerializedIdentity. */
  readonly identity: Uint8Array;
  readonly signature: Uint8Array;
}

/** The organisations of a channel or a trust bundle. Identities are remembered: the same few sign everything. */
export class Organisations {
  readonly #msps: ReadonlyMap<string, Msp>;
  readonly #known = new Map<string, Identity | undefined>();

  constructor(msps: readonly Msp[]) {
    this.#msps = new Map(msps.map((msp) => [msp.mspId, msp]));
  }

  get mspIds(): readonly string[] {
    return [...this.#msps.keys()];
  }

  /** Who a SerializedIdentity is, or undefined if no organisation vouches for it. */
  identity(serialized: Uint8Array): Identity | undefined {
    const name = Buffer.from(serialized).toString('latin1');
    if (!this.#known.has(name)) this.#known.set(name, this.#read(serialized));
    return this.#known.get(name);
  }

  /** Those whose signatures are valid, each once (Fabric: SignatureSetToValidIdentities). */
  signers(set: readonly SignedData[]): Identity[] {
    const signers = new Map<string, Identity>();
    for (const { data, identity, signature } of set) {
      const signer = this.identity(identity);
      if (signer === undefined) continue;
      const name = `${signer.mspId} ${signer.certificate.fingerprint256}`;
      if (!signers.has(name) && verifiesSignature(signer.publicKey, data, signature))
        signers.set(name, signer);
    }
    return [...signers.values()];
  }

  #read(serialized: Uint8Array): Identity | undefined {
    try {
      const identity = mspProtos.SerializedIdentity.deserializeBinary(serialized);
      const msp = this.#msps.get(identity.getMspid());
      return msp === undefined ? undefined : identify(msp, identity.getIdBytes_asU8());
    } catch {
      return undefined;
    }
  }
}
