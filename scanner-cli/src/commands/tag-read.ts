import type { HuilianError } from '@huilian/core';
import { Exit, type Context } from '../context.js';
import { asHuilianError } from '../output.js';
import type { Code } from '../readers/index.js';
import type { Command } from './command.js';
import { photographed } from '../readers/lazy.js';

/** `huilian tag read FILE…`: the codes of photographs. A file that fails does not keep the others from being read. */
export const tagRead: Command = {
  name: 'tag read',
  arguments: '<files...>',
  summary: { zh: '读取照片中的码', en: 'read the codes in photographs' },
  run: async (context, _options, ...files) => {
    let failed = false;
    for (const file of files) {
      failed = !(await readOne(context, file)) || failed;
    }
    if (failed) throw new Exit(1);
  },
};

async function readOne(context: Context, file: string): Promise<boolean> {
  const { output } = context;
  try {
    const codes = await photographed(file);
    output.data({ file, codes }, textOf(file, codes));
    return true;
  } catch (cause) {
    const error = asHuilianError(cause);
    if (output.options.json) output.data({ file, codes: [], error: errorOf(error, context) }, '');
    output.error(error);
    return false;
  }
}

function errorOf(error: HuilianError, { output }: Context) {
  return { code: error.code, name: error.row.name, message: error.text(output.language) };
}

function textOf(file: string, codes: readonly Code[]): string {
  return codes.map(({ symbology, text }) => `${file}\t${symbology}\t${text}`).join('\n');
}
