import { readFileSync } from 'node:fs';
import { z } from 'zod';

const schema = z.object({
  CHAINCODE_ID: z.string().min(1),
  CHAINCODE_SERVER_ADDRESS: z.string().regex(/:[0-9]+$/),
  CHAINCODE_VERSION: z.string().min(1),
  CHAINCODE_TLS_KEY_FILE: z.string().min(1),
  CHAINCODE_TLS_CERT_FILE: z.string().min(1),
  CHAINCODE_CLIENT_CA_FILE: z.string().min(1),
});

/** What the process is told by its environment. */
export interface ServerConfig {
  /** Package id that the peers know this chaincode by. */
  readonly id: string;
  readonly address: string;
  /** Version of the committed definition: `semver+sha256.<hex>`. */
  readonly version: string;
  readonly key: Buffer;
  readonly cert: Buffer;
  readonly clientCa: Buffer;
}

/**
 * Reads the environment. All faults are reported at once.
 *
 * @throws Error naming each variable that is missing or malformed
 */
export function readConfig(environment: NodeJS.ProcessEnv): ServerConfig {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) {
    throw new Error(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
    );
  }
  const { data } = parsed;
  return {
    id: data.CHAINCODE_ID,
    address: data.CHAINCODE_SERVER_ADDRESS,
    version: data.CHAINCODE_VERSION,
    key: readFileSync(data.CHAINCODE_TLS_KEY_FILE),
    cert: readFileSync(data.CHAINCODE_TLS_CERT_FILE),
    clientCa: readFileSync(data.CHAINCODE_CLIENT_CA_FILE),
  };
}
