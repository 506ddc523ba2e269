import { JSONSerializer } from 'fabric-contract-api';
import ChaincodeServer from 'fabric-shim/lib/server.js';
import ChaincodeFromContract from 'fabric-shim/lib/contract-spi/chaincodefromcontract.js';
import { listenForOffer, type PeerStream } from './batch-peer.js';
import type { ServerConfig } from './config.js';

/** What Fabric's peers send at most in one message; without it gRPC would end a stream at 4 MiB. */
const LARGEST_MESSAGE = 100 * 1024 * 1024;

/** The shim's server, which also hears what a peer offers beyond the shim. */
class BatchServer extends ChaincodeServer {
  override connect(stream: PeerStream): void {
    listenForOffer(stream);
    super.connect(stream);
  }
}

/**
 * Serves contracts to the peers over mutual TLS.
 *
 * @param contracts classes of contracts
 */
export async function serve(config: ServerConfig, contracts: readonly unknown[]): Promise<void> {
  const serializers = { transaction: 'jsonSerializer', serializers: { jsonSerializer: JSONSerializer } };
  const chaincode = new ChaincodeFromContract([...contracts], serializers, {}, 'huilian', config.version);
  const server = new BatchServer(chaincode, {
    ccid: config.id,
    address: config.address,
    tlsProps: { key: config.key, cert: config.cert, clientCACerts: config.clientCa },
    'grpc.max_receive_message_length': LARGEST_MESSAGE,
  });
  await server.start();
}
