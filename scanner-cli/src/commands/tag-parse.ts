import type { HuilianError } from '@huilian/core';
import { tagOf } from '@huilian/core';
import { Exit } from '../context.js';
import { asHuilianError } from '../output.js';
import type { Command } from './command.js';

/** `huilian tag parse TEXT…`: what the content of a tag names. */
export const tagParse: Command = {
  name: 'tag parse',
  arguments: '<texts...>',
  summary: { zh: '解析标签内容', en: 'say what the content of a tag names' },
  run: ({ output }, _options, ...texts) => {
    const faults: HuilianError[] = [];
    for (const text of texts) {
      try {
        const { scheme, value } = tagOf(text);
        output.data({ text, scheme, value }, `${scheme}\t${value}`);
      } catch (cause) {
        const error = asHuilianError(cause);
        faults.push(error);
        if (output.options.json)
          output.data(
            { text, error: { code: error.code, name: error.row.name, message: error.text(output.language) } },
            '',
          );
        output.error(error);
      }
    }
    const [first] = faults;
    return first ? Promise.reject(new Exit(first.row.exit)) : Promise.resolve();
  },
};
