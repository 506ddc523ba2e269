// npm run demo, doctor, bench, docs: sets the clone up if it must, then runs one program of it.
import { spawn } from 'node:child_process';
import { root, setUp } from './setup.mjs';

const [program, ...args] = process.argv.slice(2);
try {
  await setUp();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
const child = spawn('node', [program, ...args], { cwd: root, stdio: 'inherit' });
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('close', (code) => process.exit(code ?? 1));
