// npm test: the one gate. Lint, types, unit and property tests, the real network, the browser. The last line counts.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { root, run, say, setUp } from './setup.mjs';

const asked = process.argv.slice(2);
const wanted = (name) => asked.length === 0 || asked.includes(name);
const results = `${root}.huilian/test`;
const total = { passed: 0, failed: 0, skipped: 0 };

async function check(name, usually, command, args) {
  if (!wanted(name)) return;
  say(name, usually);
  try {
    await run(command, args);
    total.passed++;
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    total.failed++;
  }
}

function vitest(project, usually) {
  if (!wanted(project)) return Promise.resolve();
  say(`vitest ${project}`, usually);
  const file = `${results}/${project}.json`;
  rmSync(file, { force: true });
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  return new Promise((resolve) => {
    const child = spawn('node', args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('close', (code) => {
      try {
        const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
          readFileSync(file, 'utf8'),
        );
        total.passed += numPassedTests;
        total.failed += numFailedTests;
        total.skipped += numPendingTests + numTodoTests;
        if (code !== 0 && numFailedTests === 0) total.failed++;
      } catch {
        total.failed++;
      }
      resolve();
    });
  });
}

try {
  await setUp(['.']);
  mkdirSync(results, { recursive: true });
  await check('lint', '40 s', 'node', ['node_modules/eslint/bin/eslint.js', '.']);
  await check('format', '10 s', 'node', ['node_modules/prettier/bin/prettier.cjs', '--check', '.']);
  await check('unused', '10 s', 'node', [
    'node_modules/knip/bin/knip.js',
    '--no-progress',
    '--include',
    'files,dependencies,unlisted,unresolved',
  ]);
  await vitest('unit', '1 min');
  await vitest('network', '10 min');
  await vitest('browser', '30 s');
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  total.failed++;
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
