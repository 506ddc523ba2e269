import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkout } from '@huilian/network';
import { makeLabelPhoto } from '../labels/index.js';

/** Photographs for the morning, and where they come from. */
export interface Photographs {
  readonly files: readonly string[];
  readonly source: 'photographs' | 'labels';
}

const LABELS = 12;

/** Folders of photographs beside the checkout: `HUILIAN_PHOTOS`, else `../shared/data/qr-photos`. */
function folder(): string {
  return process.env['HUILIAN_PHOTOS'] ?? join(checkout, '..', 'shared', 'data', 'qr-photos');
}

async function picturesIn(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const pictures = entries.filter((entry) => entry.isFile() && /\.(png|jpe?g|webp)$/i.test(entry.name));
  return pictures.map((entry) => join(entry.parentPath, entry.name)).sort();
}

/** Photographs that lie beside the checkout, else label photographs that are made here. */
export async function photographs(home: string): Promise<Photographs> {
  const root = folder();
  if (existsSync(root)) {
    const files = await picturesIn(root);
    if (files.length > 0) return { files, source: 'photographs' };
  }
  return { files: await makeLabels(join(home, 'photographs')), source: 'labels' };
}

/** Labels as a plant prints them, photographed badly: askew, blurred, noisy. */
async function makeLabels(target: string): Promise<string[]> {
  await mkdir(target, { recursive: true });
  const files: string[] = [];
  for (let seed = 1; seed <= LABELS; seed++) {
    const serial = randomBytes(5).toString('hex').toUpperCase();
    const file = join(target, `label-${seed}.png`);
    await writeFile(file, await makeLabelPhoto(`serial:PLANT-${serial}`, { seed }));
    files.push(file);
  }
  return files;
}
