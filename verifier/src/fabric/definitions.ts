import type { NamespaceReadWriteSet } from '@huilian/fabric';
import { peer } from '@hyperledger/fabric-protos';

export const lifecycleNamespace = '_lifecycle';

const field = /^namespaces\/fields\/([^/]+)\/(EndorsementInfo|ValidationInfo|Sequence)$/u;

export interface ChaincodeDefinition {
  readonly sequence: number;
  /** The version string, which here carries the digest of the bundle. */
  readonly version: string;
  /** The endorsement policy, a peer.ApplicationPolicy. */
  readonly endorsementPolicy: Uint8Array;
  readonly validationPlugin: string;
}

const undefinedYet: ChaincodeDefinition = {
  sequence: 0,
  version: '',
  endorsementPolicy: new Uint8Array(),
  validationPlugin: '',
};

/** The committed definitions of chaincode, folded from the writes of `_lifecycle`. */
export class Definitions {
  readonly #byName = new Map<string, ChaincodeDefinition>();

  get(name: string): ChaincodeDefinition | undefined {
    const definition = this.#byName.get(name);
    return definition === undefined || definition.sequence === 0 ? undefined : definition;
  }

  /** Takes over the writes of a valid transaction. They count from the next block on. */
  apply(set: NamespaceReadWriteSet): void {
    if (set.namespace !== lifecycleNamespace) return;
    for (const { key, value } of set.writes) {
      const [, name, part] = field.exec(key) ?? [];
      if (name === undefined || part === undefined || value === null) continue;
      const before = this.#byName.get(name) ?? undefinedYet;
      this.#byName.set(name, { ...before, ...readField(part, value) });
    }
  }
}

function readField(part: string, value: Uint8Array): Partial<ChaincodeDefinition> {
  const data = peer.lifecycle.StateData.deserializeBinary(value);
  if (part === 'Sequence') return { sequence: data.getInt64() };
  if (part === 'EndorsementInfo') {
    return {
      version: peer.lifecycle.ChaincodeEndorsementInfo.deserializeBinary(data.getBytes_asU8()).getVersion(),
    };
  }
  const validation = peer.lifecycle.ChaincodeValidationInfo.deserializeBinary(data.getBytes_asU8());
  return {
    validationPlugin: validation.getValidationPlugin(),
    endorsementPolicy: validation.getValidationParameter_asU8(),
  };
}
