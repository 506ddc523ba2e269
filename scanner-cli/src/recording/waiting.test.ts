import { expect, it } from 'vitest';
import { Output } from '../output.js';
import { withPatience } from './waiting.js';

function listener(): { output: Output; heard: Promise<string> } {
  let hear: (text: string) => void;
  const heard = new Promise<string>((resolve) => (hear = resolve));
  const stderr = { write: (text: string) => hear(text) };
  const stdout = { write: () => undefined };
  return { output: new Output(stdout, stderr, { language: 'en', json: true, env: {}, debug: false }), heard };
}

it('says what is waited for, and that what waits is kept, while the work goes on', async () => {
  const { output, heard } = listener();
  let done: (value: string) => void = () => undefined;
  const work = withPatience({ output }, new Promise<string>((resolve) => (done = resolve)), 1);
  expect(await heard).toContain('Ctrl-C is safe');
  done('recorded');
  expect(await work).toBe('recorded');
});

it('says nothing about work that is done', async () => {
  let said = '';
  const sink = { write: (text: string) => (said += text) };
  const output = new Output(sink, sink, { language: 'en', json: false, env: {}, debug: false });
  expect(await withPatience({ output }, Promise.resolve(1), 1)).toBe(1);
  await expect(withPatience({ output }, Promise.reject(new Error('lost')), 1)).rejects.toThrow('lost');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(said).toBe('');
});
