import { HuilianError } from '@huilian/core';
import { startGateway } from './compose.js';
import { readConfig } from './config.js';

/** The process: `node gateway-api/dist/main.js`. Ends with 0 after SIGTERM or SIGINT, with 2 for a faulty configuration. */
try {
  const gateway = await startGateway(readConfig(process.env));
  gateway.log.info({ address: gateway.address }, 'the gateway listens');
  let asked = 0;
  const stop = (signal: NodeJS.Signals): void => {
    asked += 1;
    // Asked a second time: at once.
    if (asked > 1) process.exit(1);
    gateway.log.info({ signal }, 'stopping');
    void gateway.stop().then(() => {
      gateway.log.info('stopped');
      process.exit(0);
    });
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
} catch (error) {
  process.exit(report(error));
}

function report(error: unknown): number {
  if (!(error instanceof HuilianError)) throw error;
  process.stderr.write(`${error.code} ${error.row.en.what}\n${error.row.zh.what}\n`);
  for (const [name, value] of Object.entries(error.details)) process.stderr.write(`  ${name}: ${value}\n`);
  process.stderr.write(`${error.row.en.next}\n${error.row.zh.next}\n`);
  return error.row.exit;
}
