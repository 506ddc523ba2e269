import { first } from './first.js';

const benches: Readonly<Record<string, () => Promise<void>>> = { first };

/** The command `bench NAME`. */
export async function bench([name = '']: readonly string[]): Promise<void> {
  const chosen = benches[name];
  if (!chosen) {
    process.stderr.write(`usage: npm run bench -- ${Object.keys(benches).join(' | ')}\n`);
    process.exitCode = 2;
    return;
  }
  await chosen();
}
