import { afterAll, beforeAll, expect, it } from 'vitest';
import { away } from './bad-input/away.js';
import { bodies } from './bad-input/bodies.js';
import { disk } from './bad-input/disk.js';
import { items } from './bad-input/items.js';
import { keys } from './bad-input/keys.js';
import { lanes } from './bad-input/lanes.js';
import { photographs } from './bad-input/photographs.js';
import { Stage } from './stage.js';

// What bad input gets, met from outside: a clear error with a stable code, in both languages, and nothing lost. One network
// serves all; each test has keys of its own, so that what it does wrong spoils nobody else's lane.

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.stop());

const present = (): Stage => stage;
photographs(present);
keys(present);
lanes(present);
bodies(present);
items(present);
disk(present);
away(present);

it('after all that, the ledger verifies from its first block and holds every batch once', async () => {
  const auditor = await stage.newDevice('my-auditor', 'OversightMSP');
  expect(await auditor.done('verify')).toMatchObject([{ ok: true }]);
  const times = await stage.timesRecorded();
  expect([...times].filter(([, number]) => number !== 1)).toEqual([]);
});
