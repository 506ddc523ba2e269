import { PassThrough } from 'node:stream';
import type { Report } from './report-writer.js';
import { stopped, written } from './written.js';

/** An array of all results, each on a line of its own. */
export function jsonReport(): Report {
  const content = new PassThrough();
  let before = '[\n';
  return {
    content,
    add: async (result) => {
      await written(content, before + JSON.stringify(result));
      before = ',\n';
    },
    end: () => {
      content.end(before === '[\n' ? '[]\n' : '\n]\n');
    },
    stop: (reason) => {
      stopped(content, reason);
    },
  };
}
