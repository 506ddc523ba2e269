// What a fresh clone needs before any of our code can run: the right Node, the pinned packages, the compiled sources.
// Plain JavaScript without packages, because there are none yet.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}node_modules/.huilian-lock`;
/** Newer majors are refused on purpose: docs/design/decisions.md, record 13. */
const NODE = [20, 19];

/** One line of progress on stderr: what is being done in both languages, and how long it usually takes. */
export function say(what, usually = '') {
  process.stderr.write(`  ${what}${usually ? `  (${usually})` : ''}\n`);
}

/** Runs a command with its output shown only when it fails. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    child.stdout?.on('data', (data) => (output += data));
    child.stderr?.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}\n${output.slice(-4000)}`));
    });
  });
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major !== NODE[0] || minor < NODE[1]) {
    throw new Error(
      `需要 Node ${NODE.join('.')} 或更新的 20.x。 Node ${NODE.join('.')} or a newer 20.x is needed; this is ${process.version}.`,
    );
  }
}

async function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say('安装依赖 · installing packages', '20 – 60 s');
  await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund']);
  writeFileSync(stamp, lock);
}

/** A digest over names, sizes and times of everything that the compiled code depends on; no file is read. */
function sources() {
  const { workspaces } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const hash = createHash('sha256').update(readFileSync(stamp));
  const files = workspaces.flatMap((name) =>
    readdirSync(`${root}${name}`, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|mjs)$|^(package|tsconfig)\.json$/.test(entry.name))
      .map((entry) => `${entry.parentPath}/${entry.name}`)
      .filter((file) => !/\/(dist|bundle|node_modules)\//.test(file)),
  );
  for (const file of [...files.sort(), `${root}tsconfig.base.json`]) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

async function compile(projects) {
  const compiled = `${root}node_modules/.huilian-compiled`;
  const now = `${projects.join(' ')} ${sources()}`;
  const complete =
    existsSync(`${root}chaincode/bundle/bundle.json`) && existsSync(`${root}scanner-cli/bundle/main.js`);
  if (complete && existsSync(compiled) && readFileSync(compiled, 'utf8') === now) return;
  say('编译 · compiling', '5 – 40 s');
  await run('node', ['node_modules/typescript/bin/tsc', '-b', ...projects]);
  await run('node', ['chaincode/bundle.mjs']);
  await run('node', ['scanner-cli/bundle.mjs']);
  writeFileSync(compiled, now);
}

/**
 * Brings a clone to the point where its compiled code can run. Does nothing that was done before.
 *
 * @param projects what to compile; the tests only when they are to be run
 */
export async function setUp(projects = ['chaincode', 'trial']) {
  checkNode();
  await installPackages();
  await compile(projects);
}
