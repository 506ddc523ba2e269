// npm start: everything from a fresh clone to a running trial.
import { spawn } from 'node:child_process';
import { root, setUp } from './setup.mjs';

try {
  await setUp();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
const child = spawn('node', ['trial/dist/main.js', 'start', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
// The terminal sends Ctrl-C to the whole group; the child stops what it started and then ends by itself.
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
child.on('close', (code) => process.exit(code ?? 1));
