import { Command as Commander, Help, type Argument, type Option } from 'commander';
import type { Language } from '@huilian/core';
import { usage } from './context.js';
import { say, type Phrase } from './language.js';
import { widthOf } from './width.js';

/** Words that commander itself puts into help. */
const WORDS: Readonly<Record<string, Phrase>> = {
  'Usage:': { zh: '用法：', en: 'Usage:' },
  'Arguments:': { zh: '参数：', en: 'Arguments:' },
  'Options:': { zh: '选项：', en: 'Options:' },
  'Global Options:': { zh: '通用选项：', en: 'Global Options:' },
  'Commands:': { zh: '命令：', en: 'Commands:' },
};
const CHOICES: Phrase = { zh: '可选：', en: 'choices: ' };
const REQUIRED: Phrase = { zh: '必填', en: 'required' };
const HELP: Phrase = { zh: '显示帮助', en: 'display help' };
const HELP_OF: Phrase = { zh: '显示命令的帮助', en: 'display help for a command' };
const VERSION: Phrase = { zh: '显示版本', en: 'display the version' };

/** One key id in 64 begins with a dash, and so do the ids of its batches and events; no option is as long as that. */
const ID_WITH_DASH = /^-[A-Za-z0-9_-]{42}(\.\d+){0,2}$/;
/** Stands before such an id while commander tells options from arguments. */
const SHIELD = '\0';

/**
 * Commander with what it says of its own in both languages: its faults are HL-7031 of the closed list, and its help speaks
 * the chosen language. The methods that are overridden here are those by which commander tells each kind of fault; the
 * tests of the program hold them to it.
 */
export class CommandLine extends Commander {
  constructor(
    name: string | undefined,
    readonly language: Language,
  ) {
    super(name);
  }

  override createCommand(name?: string): CommandLine {
    return new CommandLine(name, this.language);
  }

  override createHelp(): Help {
    return Object.assign(new HelpPage(this.language), this.configureHelp());
  }

  /** Options that commander adds, in the chosen language. Commands made afterwards inherit the one for help. */
  withOwnOptions(version: string): this {
    return this.helpOption('-h, --help', say(HELP, this.language))
      .helpCommand('help [command]', say(HELP_OF, this.language))
      .version(version, '-V, --version', say(VERSION, this.language));
  }

  /** As commander's own, but an id that begins with a dash is an argument and not an option. */
  override parseOptions(words: string[]): ReturnType<Commander['parseOptions']> {
    const takesValue = (word = ''): boolean =>
      this.options.some(({ required, short, long }) => required && (word === short || word === long));
    const { operands, unknown: rest } = super.parseOptions(
      words.map((word, at) => (ID_WITH_DASH.test(word) && !takesValue(words[at - 1]) ? SHIELD + word : word)),
    );
    const bare = (word: string): string => word.replace(SHIELD, '');
    return { operands: operands.map(bare), unknown: rest.map(bare) };
  }

  unknownOption(flag: string): never {
    const help = this.createHelp();
    const known = [...help.visibleOptions(this), ...help.visibleGlobalOptions(this)];
    throw this.fault(flag, unknown(known.map(({ long, flags }) => long ?? flags)));
  }

  unknownCommand(): never {
    const known = this.createHelp().visibleCommands(this);
    throw this.fault(this.args[0] ?? '', unknown(known.map((command) => command.name())));
  }

  missingArgument(name: string): never {
    throw this.fault(`<${name}>`, { zh: '缺少', en: 'missing' });
  }

  optionMissingArgument({ flags }: Option): never {
    throw this.fault(flags, { zh: '缺少值', en: 'its value is missing' });
  }

  missingMandatoryOptionValue({ flags, argChoices }: Option): never {
    throw this.fault(flags, argChoices ? oneOf(argChoices) : { zh: '必填', en: 'must be given' });
  }

  _excessArguments(given: readonly string[]): never {
    throw this.fault(given[this.registeredArguments.length] ?? '', {
      zh: '参数过多',
      en: 'one argument too many',
    });
  }

  /** HL-7031 with the word of the command line that is wrong. */
  private fault(option: string, reason: Phrase): Error {
    return usage(option, say(reason, this.language));
  }
}

function unknown(known: readonly string[]): Phrase {
  return { zh: `没有；可用：${known.join('、')}`, en: `unknown; there are ${known.join(', ')}` };
}

/** What may stand in a place. */
export function oneOf(choices: readonly string[]): Phrase {
  return { zh: `应为其中之一：${choices.join('、')}`, en: `one of ${choices.join(', ')}` };
}

class HelpPage extends Help {
  override showGlobalOptions = true;

  constructor(private readonly language: Language) {
    super();
  }

  override formatHelp(command: Commander, helper: Help): string {
    // A full-width colon brings its own room along.
    return `${super.formatHelp(command, helper).replaceAll('： ', '：').trimEnd()}\n`;
  }

  override styleTitle(title: string): string {
    const word = WORDS[title];
    return word ? say(word, this.language) : title;
  }

  override commandUsage(command: Commander): string {
    return this.#brackets(super.commandUsage(command));
  }

  override subcommandTerm(command: Commander): string {
    return this.#brackets(super.subcommandTerm(command));
  }

  override optionDescription({ description, argChoices, mandatory }: Option): string {
    return this.#described(description, argChoices, mandatory);
  }

  override argumentDescription({ description, argChoices }: Argument): string {
    return this.#described(description, argChoices, false);
  }

  override displayWidth(text: string): number {
    return widthOf(text);
  }

  #described(about: string, choices: readonly string[] | undefined, mandatory: boolean): string {
    const more = [
      ...(mandatory ? [say(REQUIRED, this.language)] : []),
      ...(choices ? [say(CHOICES, this.language) + choices.join(', ')] : []),
    ];
    if (more.length === 0) return about;
    return this.language === 'en' ? `${about} (${more.join('; ')})` : `${about}（${more.join('；')}）`;
  }

  #brackets(text: string): string {
    return this.language === 'en' ? text : text.replace('[options]', '[选项]').replace('[command]', '[命令]');
  }
}
