import { HuilianError, tagOf as readTag, type Tag } from '@huilian/core';
import { Exit, usage, type Context } from '../context.js';
import { asHuilianError } from '../output.js';
import { recordEvents } from '../recording/record-events.js';
import { keyOf } from '../session.js';
import { flag, text, texts, type Command, type Options } from './command.js';
import { recordingOptions, tagOf } from './item-events.js';
import { carOf, newItemOptions, registration } from './registration.js';
import { photographed } from '../readers/lazy.js';

/** Most tags that one item bears. */
const MOST_TAGS = 8;

/** `huilian intake [PHOTO…]`: photographs of labels become registered items, one a photograph, all in one go. */
export const intake: Command = {
  name: 'intake',
  arguments: '[photos...]',
  summary: { zh: '按标签照片登记入厂物品', en: 'register items by photographs of their labels' },
  options: [
    // Asked for below: `intake truck` has none.
    ...newItemOptions.map(({ required: _required, ...option }) => option),
    {
      flags: '--tag <text>',
      about: { zh: '标签内容，可重复', en: 'content of a tag; may be repeated' },
      many: true,
    },
    {
      flags: '--together',
      about: { zh: '所有照片和标签属于同一件物品', en: 'all photographs and tags are of one item' },
    },
    ...recordingOptions,
  ],
  run: async (context, options, ...files) => {
    if (text(options, 'category') === undefined) throw usage('--category <code>', 'must be given / 必须给出');
    const key = await keyOf(context);
    const given = texts(options, 'tag').map(tagOf);
    const together = flag(options, 'together') || files.length === 0;
    if (given.length > 0 && files.length > 1 && !together) throw usage('--tag', '--together');
    const { labels: read, failed } = await readAll(context, files);
    if (failed && (together || read.length === 0)) throw new Exit(1);
    const labels = together
      ? [joined(read, given)]
      : read.map((label) => ({ ...label, tags: [...label.tags, ...given] }));
    const car = await carOf(context, options);
    const events = labels.map(({ tags }) =>
      registration(context, key, withKind(options, tags), { tags: tags.slice(0, MOST_TAGS), ...car }),
    );
    await recordEvents(context, key, events, options, labels.map(noteOf));
    if (failed) throw new Exit(1);
  },
};

interface Label {
  readonly file?: string;
  readonly tags: readonly Tag[];
}

/** Reads each photograph; one that cannot be read is told and does not keep the others out. */
async function readAll(
  context: Context,
  files: readonly string[],
): Promise<{ labels: readonly Label[]; failed: boolean }> {
  const labels: Label[] = [];
  let failed = false;
  for (const file of files) {
    try {
      const tags = (await photographed(file)).map(({ text }) => bindable(text));
      const twin = labels.find((label) => label.tags.some((tag) => isAmong(tag, tags)));
      if (twin) warnOfTwin(context, file, twin);
      else labels.push({ file, tags });
    } catch (cause) {
      const error = asHuilianError(cause);
      context.output.error(new HuilianError(error.code, { ...error.details, file }, { cause }));
      failed = true;
    }
  }
  return { labels, failed };
}

function isAmong(tag: Tag, tags: readonly Tag[]): boolean {
  return tags.some(({ scheme, value }) => tag.scheme === scheme && tag.value === value);
}

/** @throws HuilianError HL-2002 when the label is that of an item of this ledger, HL-1030 to HL-1048 */
function bindable(text: string): Tag {
  const scanned = readTag(text);
  if (scanned.scheme === 'item') throw new HuilianError('HL-2002', { item: scanned.value });
  return { scheme: scanned.scheme, value: scanned.value };
}

/** Two photographs of one label are one item: registered twice, both would be contested. */
function warnOfTwin({ output }: Context, file: string, twin: Label): void {
  output.warn({
    zh: `${file} 与 ${twin.file ?? ''} 是同一标签，只登记一次`,
    en: `${file} shows the same tag as ${twin.file ?? ''}; it is registered once`,
  });
}

function joined(read: readonly Label[], given: readonly Tag[]): Label {
  const [first] = read;
  return {
    tags: [...read.flatMap(({ tags }) => tags), ...given],
    ...(first?.file === undefined ? {} : { file: first.file }),
  };
}

/** A VIN says what it is on, unless the person says otherwise. */
function withKind(options: Options, tags: readonly Tag[]): Options {
  return options['kind'] === undefined && tags.some(({ scheme }) => scheme === 'vin')
    ? { ...options, kind: 'vehicle' }
    : options;
}

function noteOf({ file, tags }: Label) {
  return { ...(file === undefined ? {} : { file }), tags };
}
