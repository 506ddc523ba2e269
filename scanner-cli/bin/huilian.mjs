#!/usr/bin/env -S node --max-semi-space-size=64
// The flag is for `verify`, which makes megabytes of short-lived objects a block.
import { existsSync } from 'node:fs';

const program = new URL('../bundle/main.js', import.meta.url);
if (!existsSync(program)) {
  process.stderr.write(
    'huilian is not built yet: run npm start, or npm run build.\nhuilian 尚未构建：请先运行 npm start 或 npm run build。\n',
  );
  process.exit(1);
}
const { main } = await import(program.href);
process.exitCode = await main(process.argv.slice(2));
