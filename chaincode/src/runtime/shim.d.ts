declare module 'fabric-shim/lib/contract-spi/chaincodefromcontract.js' {
  import type { ChaincodeInterface } from 'fabric-shim';

  /** Makes a chaincode from contract classes; the shim's own bootstrap uses it but does not export its type. */
  export default class ChaincodeFromContract implements ChaincodeInterface {
    constructor(contracts: unknown[], serializers: unknown, metadata: object, title: string, version: string);
    Init: ChaincodeInterface['Init'];
    Invoke: ChaincodeInterface['Invoke'];
  }
}

declare module 'fabric-shim/lib/server.js' {
  import type { ChaincodeInterface } from 'fabric-shim';
  import type { PeerStream } from './batch-peer.js';

  /** Options of a chaincode that the peers call; TLS on both sides. */
  export interface ChaincodeServerOptions {
    ccid: string;
    address: string;
    tlsProps: { key: Buffer; cert: Buffer; clientCACerts: Buffer };
    /** Bytes of one message. */
    'grpc.max_receive_message_length': number;
  }

  /** The shim's gRPC server, which its published types leave out. */
  export default class ChaincodeServer {
    constructor(chaincode: ChaincodeInterface, options: ChaincodeServerOptions);
    start(): Promise<void>;
    /** Called with the stream of each peer that connects. */
    connect(stream: PeerStream): void;
  }
}
