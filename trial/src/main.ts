import { HuilianError } from '@huilian/core';
import { bench } from './bench/bench.js';
import { demo } from './morning/demo.js';
import { start } from './start.js';

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = { start, demo, bench };

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  process.stderr.write(`usage: ${Object.keys(commands).join(' | ')}\n`);
  process.exit(2);
}
try {
  await command(args);
} catch (error) {
  const text =
    error instanceof HuilianError
      ? `${error.code} ${error.text('zh-CN')}\n${error.text('en')}`
      : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}
