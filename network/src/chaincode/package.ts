import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { create } from 'tar';
import { writeWhole } from '../files.js';

/**
 * How peers reach the chaincode. Each peer's builder fills in its own address and certificates (the official image's
 * builder fills these templates too), so one package serves every peer and holds no key.
 */
const connection = {
  address: '{{.address}}',
  dial_timeout: '10s',
  tls_required: true,
  client_auth_required: true,
  client_key: '{{.client_key}}',
  client_cert: '{{.client_cert}}',
  root_cert: '{{.root_cert}}',
};

/**
 * Writes the package of a chaincode that runs as a service. The same label gives the same bytes everywhere: sorted names,
 * fixed times, no owners.
 */
export async function writePackage(file: string, label: string): Promise<void> {
  const work = await mkdtemp(path.join(tmpdir(), 'huilian-package-'));
  try {
    await writeFile(path.join(work, 'connection.json'), JSON.stringify(connection));
    await pack(work, 'code.tar.gz', ['connection.json']);
    await writeFile(path.join(work, 'metadata.json'), JSON.stringify({ type: 'ccaas', label }));
    await pack(work, 'package.tgz', ['code.tar.gz', 'metadata.json']);
    await mkdir(path.dirname(file), { recursive: true });
    await writeWhole(file, await readFile(path.join(work, 'package.tgz')));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function pack(cwd: string, file: string, names: string[]): Promise<void> {
  const onWriteEntry = (entry: { stat?: { mode: number } }): void => {
    if (entry.stat) entry.stat.mode = 0o100644;
  };
  await create(
    { cwd, file: path.join(cwd, file), gzip: { level: 9 }, portable: true, mtime: new Date(0), onWriteEntry },
    names,
  );
}
