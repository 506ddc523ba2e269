import { readFileSync } from 'node:fs';
import { CommanderError, Option } from 'commander';
import { CommandLine, oneOf } from './command-line.js';
import type { Command, CommandOption, Options } from './commands/command.js';
import { globalOptions } from './commands/global-options.js';
import { contextOf, Exit, usage, type GlobalOptions, type Surroundings } from './context.js';
import { say, type Phrase } from './language.js';
import { asHuilianError, Output } from './output.js';

const USAGE = 2;

const ABOUT: Phrase = {
  zh: '回链：登记、交接、拆解与核验报废家电、报废汽车及其零部件',
  en: 'Huilian: register, hand over, dismantle and verify scrapped appliances, cars and their parts',
};
const NOUNS: Readonly<Record<string, Phrase>> = {
  key: { zh: '设备密钥', en: 'keys of this device' },
  tag: { zh: '标签', en: 'tags' },
  item: { zh: '物品', en: 'items' },
  vehicle: { zh: '报废机动车', en: 'scrapped vehicles' },
  part: { zh: '零部件', en: 'parts' },
  battery: { zh: '动力电池', en: 'traction batteries' },
  appliance: { zh: '废弃电器电子产品', en: 'waste appliances' },
  lot: { zh: '材料批次', en: 'lots of material' },
  manifest: { zh: '危险废物转移联单', en: 'hazardous-waste manifests' },
  loss: { zh: '赔案', en: 'losses: claims, approved lines, payments' },
  reman: { zh: '以旧换再', en: 'remanufactured parts sold for old ones' },
  work: { zh: '待办：被拒绝的事件', en: 'work: refused events that are to be mended' },
  container: { zh: '载具：托盘、周转笼、箱、车厢', en: 'containers: pallets, cages, boxes, trucks' },
  paper: { zh: '与未上账本一方的纸质交接', en: 'custody on paper, of parties off the ledger' },
  transit: { zh: '在途物品', en: 'things in transit' },
  clocks: { zh: '期限', en: 'time limits' },
  finding: { zh: '异常发现', en: 'findings' },
  stock: { zh: '存量', en: 'stocks' },
  state: { zh: '世界状态', en: 'world state' },
  queue: { zh: '设备队列', en: 'queue of this device' },
  webhook: { zh: '事件推送', en: 'webhooks of the gateway' },
  participant: { zh: '企业', en: 'participants' },
  licence: { zh: '许可', en: 'licences' },
  rule: { zh: '规则表', en: 'rule tables' },
  ruleset: { zh: '规则集', en: 'rulesets' },
  adapter: { zh: '与其他系统的连接', en: "connections to partners' systems" },
  conformance: { zh: '符合性检验', en: 'conformance of other systems' },
  table: { zh: '其他系统的表格', en: 'tables of other systems' },
};

/**
 * Runs the command line.
 *
 * @returns the exit code: 0 done, 1 failed, 2 usage, 3 refused by a rule, 4 not authorised, 5 offline (queued), 6 a
 *   verification found a difference
 */
export async function run(
  commands: readonly Command[],
  args: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  try {
    await programOf(commands, surroundings).parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    return exitCodeOf(error, surroundings);
  }
}

function exitCodeOf(error: unknown, surroundings: Surroundings): number {
  if (error instanceof Exit) return error.exitCode;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  const known = asHuilianError(error);
  const { stdout, stderr, language, env } = surroundings;
  const options = {
    language,
    json: false,
    env,
    debug: Boolean(env['HUILIAN_DEBUG']),
  };
  new Output(stdout, stderr, options).error(known);
  return known.row.exit === 0 ? 1 : known.row.exit;
}

/** Builds the tree of nouns and verbs from the list of commands. */
export function programOf(commands: readonly Command[], surroundings: Surroundings): CommandLine {
  const { stdout, stderr, language } = surroundings;
  const program = new CommandLine('huilian', language)
    .withOwnOptions(version())
    .description(say(ABOUT, language))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
    });
  for (const option of globalOptions) program.addOption(optionOf(option, surroundings));
  for (const command of commands) add(program, command, surroundings);
  return program;
}

function version(): string {
  const file = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}

function add(program: CommandLine, command: Command, surroundings: Surroundings): void {
  const words = command.name.split(' ');
  const verb = words.pop() ?? '';
  const parent = words.reduce<CommandLine>((at, word) => nounOf(at, word, surroundings), program);
  const made = parent
    .command(`${verb} ${command.arguments ?? ''}`.trim())
    .description(say(command.summary, surroundings.language));
  for (const option of command.options ?? []) made.addOption(optionOf(option, surroundings));
  made.action(async (...given: unknown[]) => {
    const self = given.pop() as CommandLine;
    const own = given.pop() as Options;
    const context = contextOf(surroundings, self.optsWithGlobals<GlobalOptions>());
    const args = given.flat().filter((value): value is string => typeof value === 'string');
    await command.run(context, own, ...args);
  });
}

function nounOf(parent: CommandLine, word: string, { language }: Surroundings): CommandLine {
  const known = parent.commands.find(
    (command): command is CommandLine => command instanceof CommandLine && command.name() === word,
  );
  // A command that has commands of its own, such as `intake`: what stands behind their names is theirs.
  if (known) return known.enablePositionalOptions();
  const about = NOUNS[word];
  return parent.command(word).description(about ? say(about, language) : '');
}

function optionOf(
  { flags, about, required, many, choices }: CommandOption,
  { language }: Surroundings,
): Option {
  const option = new Option(flags, say(about, language));
  if (required) option.makeOptionMandatory();
  if (choices) {
    option.choices(choices).argParser((value: string) => {
      if (!choices.includes(value)) throw usage(flags, say(oneOf(choices), language));
      return value;
    });
  }
  if (many)
    option.argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value]);
  return option;
}
