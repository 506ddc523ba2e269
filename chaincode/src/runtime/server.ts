import { JSONSerializer } from 'fabric-contract-api';
import ChaincodeServer from 'fabric-shim/lib/server.js';
import ChaincodeFromContract from 'fabric-shim/lib/contract-spi/chaincodefromcontract.js';
import { contracts } from '../contracts/index.js';
import type { ServerConfig } from './config.js';

/** Serves the contracts to the peers over mutual TLS. */
export async function serve(config: ServerConfig): Promise<void> {
  const serializers = { transaction: 'jsonSerializer', serializers: { jsonSerializer: JSONSerializer } };
  const chaincode = new ChaincodeFromContract([...contracts], serializers, {}, 'huilian', config.version);
  const server = new ChaincodeServer(chaincode, {
    ccid: config.id,
    address: config.address,
    tlsProps: { key: config.key, cert: config.cert, clientCACerts: config.clientCa },
  });
  await server.start();
}
