import { commands, run } from '@huilian/scanner-cli';

/** What a run of the command left behind. */
export interface Ran {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Every line of stdout as JSON. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape is what the test is about
  readonly lines: any[];
}

/** Runs `huilian` in this process with an environment of its own, as the program does. */
export async function huilian(env: Readonly<Record<string, string>>, ...args: string[]): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  const exit = await run(commands, args, {
    env,
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    language: args.includes('zh-CN') ? 'zh-CN' : 'en',
    now: Date.now,
  });
  return {
    exit,
    stdout,
    stderr,
    get lines() {
      return stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line): unknown => JSON.parse(line));
    },
  };
}
