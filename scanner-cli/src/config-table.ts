import { z } from 'zod';
import { environment } from './config.js';

interface Described {
  readonly description?: string;
  readonly default?: unknown;
}

/** docs/configuration-scanner.md, made from the one schema over the environment. */
export function configurationTable(): string {
  const { properties = {} } = z.toJSONSchema(environment, { io: 'input', unrepresentable: 'any' });
  const rows = Object.entries(properties).map(([name, property]) => {
    const { description = '', default: usual } = property as Described;
    const fallback = usual === undefined ? '' : `\`${JSON.stringify(usual).replaceAll('"', '')}\``;
    return `| \`${name}\` | ${fallback} | ${description.replaceAll('|', '\\|')} |`;
  });
  return [
    '# Configuration of the command `huilian`',
    '',
    'Every setting is a variable of the environment. This table is made from `scanner-cli/src/config.ts` by `npm run docs`.',
    '',
    '| variable | default | meaning |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
