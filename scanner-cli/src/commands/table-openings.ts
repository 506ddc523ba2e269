import { appendFile, readFile } from 'node:fs/promises';
import { hasSalts, type RowResult, type TableFormat } from '@huilian/adapters';
import { amountCommitment, HuilianError, priceCommitment, type Language } from '@huilian/core';
import { usage } from '../context.js';
import { say, type Phrase } from '../language.js';
import { text, type CommandOption, type Options } from './command.js';

/** As `openingsOption` of other commands, for tables that have amounts. */
export const tableOpenings: CommandOption = {
  flags: '--openings <file>',
  about: {
    zh: '表中有金额时必填：保存金额及其盐值的文件，表中没有盐值的由本命令生成；请妥善保管',
    en: 'needed where the table has amounts: file that keeps them with their salts, which are made where the table has none; keep it',
  },
};

const NEEDED: Phrase = {
  zh: '表中有金额，须指定保存金额及其盐值的文件',
  en: 'the table has amounts; name the file that keeps them with their salts',
};

type Members = Readonly<Record<string, unknown>>;

/** What opens the amounts of an import, for the file of openings. Each is kept once, however often the import is run. */
export class TableOpenings {
  readonly #lines: string[] = [];

  private constructor(
    private readonly file: string,
    private readonly known: Set<string>,
  ) {}

  /**
   * @returns undefined for a table without amounts
   * @throws HuilianError HL-7031 without the option, HL-7032
   */
  static async of(
    options: Options,
    format: TableFormat,
    language: Language,
  ): Promise<TableOpenings | undefined> {
    if (!hasSalts(format)) return undefined;
    const file = text(options, 'openings');
    if (file === undefined) throw usage('--openings <file>', say(NEEDED, language));
    const there = await readFile(file, 'utf8').catch((cause: unknown) => {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw new HuilianError('HL-7032', { file }, { cause });
    });
    return new TableOpenings(file, new Set(there.split('\n')));
  }

  /** Takes down what a recorded row says of amounts. */
  add(result: RowResult): void {
    if (result.status !== 'accepted') return;
    const values: Members = result.values;
    const lists = Object.values(values).filter((value): value is Members[] => Array.isArray(value));
    for (const members of [values, ...lists.flat()]) {
      const line = openingOf(members);
      if (line === undefined || this.known.has(line)) continue;
      this.known.add(line);
      this.#lines.push(line);
    }
  }

  /** @throws HuilianError HL-7032 */
  async keep(): Promise<void> {
    const { file } = this;
    try {
      if (this.#lines.length > 0) await appendFile(file, `${this.#lines.join('\n')}\n`, { mode: 0o600 });
    } catch (cause) {
      throw new HuilianError('HL-7032', { file }, { cause });
    }
  }
}

function openingOf({ salt, amountFen, priceFen, corePriceFen, depositFen }: Members): string | undefined {
  if (typeof salt !== 'string') return undefined;
  if (typeof amountFen === 'number') {
    const opened = { amountFen, salt };
    return JSON.stringify({ commitment: amountCommitment(opened), ...opened });
  }
  if (typeof priceFen !== 'number') return undefined;
  const opened = { priceFen, corePriceFen: Number(corePriceFen), depositFen: Number(depositFen), salt };
  return JSON.stringify({ commitment: priceCommitment(opened), ...opened });
}
