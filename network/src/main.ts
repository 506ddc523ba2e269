#!/usr/bin/env node
import { describe, HuilianError, type Language } from '@huilian/core';
import { commands, progressTo } from './cli/commands.js';
import { languageOf, readCommandLine } from './cli/options.js';

const interrupted = 130;

/** Runs one command. Data on standard output, talk on standard error. @returns the exit code */
async function main(args: readonly string[]): Promise<number> {
  let language = languageOf(process.env);
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopped.abort();
    });
  }
  try {
    const line = readCommandLine(args);
    language = line.language;
    const command = Object.hasOwn(commands, line.command) ? commands[line.command] : undefined;
    if (command === undefined) throw new HuilianError('HL-8023', { command: line.command });
    const answer = await command(line, progressTo(process.stderr, line), stopped.signal);
    const text = line.json ? JSON.stringify(answer.value) : answer.lines.join('\n');
    if (text !== '') process.stdout.write(`${text}\n`);
    return answer.exit ?? 0;
  } catch (error) {
    if (stopped.signal.aborted) return interrupted;
    return explain(error, language);
  }
}

function explain(error: unknown, language: Language): number {
  if (!(error instanceof HuilianError)) throw error;
  process.stderr.write(`${error.code} ${describe(error.code, error.details, language)}\n`);
  return error.row.exit;
}

process.exitCode = await main(process.argv.slice(2));
