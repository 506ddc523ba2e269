import 'reflect-metadata';
import { contracts } from './contracts/index.js';
import { checkBundle } from './runtime/bundle.js';
import { readConfig } from './runtime/config.js';
import { serve } from './runtime/server.js';

async function main(): Promise<void> {
  const config = readConfig(process.env);
  checkBundle(process.argv[1] ?? '', config.version);
  await serve(config, contracts);
  process.stdout.write(`chaincode ${config.version} serves ${config.address}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
