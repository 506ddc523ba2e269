import { defineConfig } from 'vitest/config';
import { defaultServerConditions } from 'vite';

// Workspaces are read from their sources, so that unit tests need no build.
const conditions = ['huilian-source', ...defaultServerConditions];
const resolution = { resolve: { conditions }, ssr: { resolve: { conditions } } };

/** Folders of tests that need the network, its processes and its ports. Two files at a time, since much of their time is waiting. */
const NETWORK = [
  'network',
  'gateway',
  'scanner',
  'verify',
  'store',
  'faults',
  'demo',
  'event',
  'load',
  'bench',
  'webhooks',
  'scenarios',
];
const MINUTE = 60_000;
/** What is waited for may take long on a busy machine; what is there is seen at once. */
const poll = { timeout: MINUTE / 3 };

export default defineConfig({
  test: {
    projects: [
      {
        ...resolution,
        test: {
          name: 'unit',
          include: [
            '{core,adapters,fabric,verifier,chaincode,network,gateway-api,scanner-cli,trial}/src/**/*.test.ts',
            'tests/{adapters,architecture,determinism,conformance}/**/*.test.ts',
          ],
          maxWorkers: 2,
          testTimeout: 30_000,
          // The runtime of Fabric tells each refused call at length.
          env: { CORE_CHAINCODE_LOGGING_LEVEL: 'critical' },
        },
      },
      {
        ...resolution,
        test: {
          name: 'network',
          expect: { poll },
          include: [`tests/{${NETWORK.join(',')}}/**/*.test.ts`],
          maxWorkers: 2,
          testTimeout: 5 * MINUTE,
          hookTimeout: 10 * MINUTE,
        },
      },
      {
        ...resolution,
        test: {
          name: 'browser',
          expect: { poll },
          include: ['tests/browser/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 2 * MINUTE,
          hookTimeout: 10 * MINUTE,
        },
      },
    ],
  },
});
