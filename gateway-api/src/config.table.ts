import { z } from 'zod';
import { environment } from './config.js';

/** Texts that are read as true or false. */
const flags: readonly string[] = ['METRICS', 'WEBHOOK_LOOPBACK'] satisfies (keyof typeof environment.shape)[];

interface Described {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
  readonly default?: unknown;
}

/** docs/configuration.md, made from the one schema over the environment. */
export function configurationTable(): string {
  const schema = z.toJSONSchema(environment, { io: 'input', unrepresentable: 'any' });
  const rows = Object.entries(schema.properties ?? {}).map(([name, property]) =>
    line(name, property as Described),
  );
  return [
    '# Configuration of the gateway',
    '',
    'Every setting is a variable of the environment. All faults are reported at once when the gateway starts.',
    'This table is made from `gateway-api/src/config.ts` by `node gateway-api/dist/generate.js`.',
    '',
    '| variable | default | values | meaning |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function line(name: string, property: Described): string {
  const fallback =
    property.default === undefined ? '' : `\`${JSON.stringify(property.default).replaceAll('"', '')}\``;
  return `| \`${name}\` | ${fallback} | ${values(name, property)} | ${(property.description ?? '').replaceAll('|', '\\|')} |`;
}

function values(name: string, property: Described): string {
  if (property.enum !== undefined) return property.enum.join(', ');
  if (property.minimum !== undefined) return `${property.minimum} to ${property.maximum ?? '…'}`;
  return flags.includes(name) ? 'true, false' : 'text';
}
