import { commands } from './commands/index.js';
import { chooseLanguage } from './language.js';
import { run } from './program.js';

/**
 * The command `huilian`.
 *
 * @param args without the names of node and script
 * @returns the exit code
 */
export async function main(args: readonly string[]): Promise<number> {
  // A reader that closes the pipe early, such as head, has all it wanted.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
  });
  return run(commands, args, {
    env: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    language: chooseLanguage(args, process.env),
    now: Date.now,
  });
}
