import { defineConfig } from 'vitest/config';
import { defaultServerConditions } from 'vite';

// Workspaces are read from their sources, so that unit tests need no build.
const conditions = ['huilian-source', ...defaultServerConditions];
const resolution = { resolve: { conditions }, ssr: { resolve: { conditions } } };

/** Folders of tests that need the network, its processes and its ports: one file after another. */
const NETWORK = ['network', 'gateway', 'scanner', 'verify', 'store', 'faults', 'demo', 'event'];
const MINUTE = 60_000;

export default defineConfig({
  test: {
    projects: [
      {
        ...resolution,
        test: {
          name: 'unit',
          include: [
            '{core,fabric,verifier,chaincode,network,gateway-api,scanner-cli,trial}/src/**/*.test.ts',
            'tests/{architecture,determinism,conformance}/**/*.test.ts',
          ],
          testTimeout: 20_000,
        },
      },
      {
        ...resolution,
        test: {
          name: 'network',
          include: [`tests/{${NETWORK.join(',')}}/**/*.test.ts`],
          fileParallelism: false,
          testTimeout: 5 * MINUTE,
          hookTimeout: 10 * MINUTE,
        },
      },
      {
        ...resolution,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 2 * MINUTE,
          hookTimeout: 10 * MINUTE,
        },
      },
    ],
  },
});
