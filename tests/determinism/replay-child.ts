// Replays a recording in a process of its own, where every clock, every source of randomness and every locale throws.
import { readFileSync } from 'node:fs';
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { replay, type Recording } from './replay.js';

function trap(holder: object, name: string): void {
  const throws = (): never => {
    throw new Error(`${name} was used while recording`);
  };
  Object.defineProperty(holder, name, { configurable: true, get: throws, set: throws });
}

const [file, mode] = process.argv.slice(2);
const recording = JSON.parse(readFileSync(file ?? '', 'utf8')) as Recording;
const environment = `${process.env['TZ']} ${process.env['LANG']}`;
const write = process.stdout.write.bind(process.stdout);

if (mode === 'spoil') trapsLater();
else setTraps();
const { difference, digest } = replay(recording);
write(`${JSON.stringify({ difference, digest, environment })}\n`);

function setTraps(): void {
  for (const name of ['Date', 'Intl', 'performance', 'setTimeout', 'setInterval', 'setImmediate'])
    trap(globalThis, name);
  trap(Math, 'random');
  for (const name of ['localeCompare', 'toLocaleUpperCase', 'toLocaleLowerCase', 'normalize'])
    trap(String.prototype, name);
  trap(Number.prototype, 'toLocaleString');
  trap(Object.prototype, 'toLocaleString');
  for (const name of ['randomBytes', 'randomUUID', 'randomInt', 'randomFillSync']) {
    // Not a getter: the exports of a built-in module are copied.
    Object.assign(crypto, {
      [name]: () => {
        throw new Error(`${name} was used while recording`);
      },
    });
  }
  trap(process, 'env');
  trap(process, 'hrtime');
  syncBuiltinESMExports();
}

/** To see that a trap is felt: reading a clock in the middle must end the process. */
function trapsLater(): void {
  setTraps();
  new Date();
}
