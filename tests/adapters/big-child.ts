import { readFileSync } from 'node:fs';
import { formats, importTable } from '@huilian/adapters';

/** Reads a file by a format under the limit of memory that it is started with, and prints what became of its rows. */
const [, , file = '', name = ''] = process.argv;
const format = formats[name];
if (!format) throw new Error(name);
let told = 0;
const { rows } = await importTable(format, readFileSync(file), {}, () => {
  told += 1;
});
process.stdout.write(JSON.stringify({ told, rows }));
