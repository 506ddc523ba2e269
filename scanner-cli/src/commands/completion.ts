import { expected } from '../context.js';
import { globalOptions } from './global-options.js';
import type { Command, CommandOption } from './command.js';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

/**
 * `huilian completion SHELL`: a script that completes nouns, verbs, options and their values; made from the list of
 * commands.
 */
export function completionOf(commands: () => readonly Command[]): Command {
  return {
    name: 'completion',
    arguments: '<shell>',
    summary: {
      zh: '输出命令补全脚本（bash、zsh、fish）',
      en: 'print a completion script for bash, zsh or fish',
    },
    run: ({ output }, _options, name = '') => {
      const shell = SHELLS.find((known) => known === name);
      if (!shell) throw expected('shell', SHELLS.join(', '));
      const script = SCRIPTS[shell](treeOf(commands()));
      output.data({ shell, script }, script);
      return Promise.resolve();
    },
  };
}

/**
 * What may follow which words: `""` for the beginning, `tag` for its verbs, `tag read` for its options, `tag read --lang` for the
 * values of one.
 */
type Tree = ReadonlyMap<string, readonly string[]>;

function treeOf(commands: readonly Command[]): Tree {
  const tree = new Map<string, string[]>([['', ['help']]]);
  const put = (key: string, word: string): void => {
    const words = tree.get(key) ?? [];
    if (!words.includes(word)) tree.set(key, [...words, word]);
  };
  const putOption = (path: string, option: CommandOption): void => {
    put(path, wordOf(option));
    for (const choice of option.choices ?? []) put(`${path} ${wordOf(option)}`, choice);
  };
  for (const option of globalOptions) putOption('', option);
  for (const { name, options } of commands) {
    const [noun = '', verb] = name.split(' ');
    put('', noun);
    if (verb !== undefined) put(noun, verb);
    for (const option of [...(options ?? []), ...globalOptions]) putOption(name, option);
  }
  return tree;
}

function wordOf({ flags }: CommandOption): string {
  return flags.split(' ')[0] ?? '';
}

const SCRIPTS: Readonly<Record<Shell, (tree: Tree) => string>> = {
  bash: (tree) => `# huilian completion bash > /etc/bash_completion.d/huilian
# In a checkout: huilian() { npx huilian "$@"; }; source <(npx huilian completion bash)
_huilian() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" path="" values="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) case "$(_huilian_words "\${path:+$path }$word")" in ?*) path="\${path:+$path }$word" ;; esac ;; esac
  done
  case "$before" in -*) values="$(_huilian_words "$path $before")" ;; esac
  COMPREPLY=($(compgen -W "\${values:-$(_huilian_words "$path")}" -- "$current"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$current"))
}
_huilian_words() {
  case "$1" in
${cases(tree)}
  esac
}
complete -o filenames -F _huilian huilian`,
  zsh: (tree) => `#compdef huilian
# huilian completion zsh > "\${fpath[1]}/_huilian"
# In a checkout: huilian() { npx huilian "$@"; }; source <(npx huilian completion zsh)
_huilian_words() {
  case "$1" in
${cases(tree)}
  esac
}
_huilian() {
  local path="" values="" word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    [[ "$word" == -* ]] && continue
    [[ -n "$(_huilian_words "\${path:+$path }$word")" ]] && path="\${path:+$path }$word"
  done
  [[ "\${words[CURRENT-1]}" == -* ]] && values="$(_huilian_words "$path \${words[CURRENT-1]}")"
  local -a found=(\${=\${values:-$(_huilian_words "$path")}})
  compadd -- $found
  _files
}
compdef _huilian huilian`,
  fish: (tree) =>
    [
      '# huilian completion fish > ~/.config/fish/completions/huilian.fish',
      '# In a checkout: function huilian; npx huilian $argv; end; npx huilian completion fish | source',
      'function __huilian_path',
      "  string join ' ' (string match -v -- '-*' (commandline -opc)[2..-1])",
      'end',
      ...[...tree].map(([place, words]) => {
        const [path = '', option] = place.split(/ ?--/);
        const test =
          path === ''
            ? 'test -z (__huilian_path | string collect)'
            : `string match -q -- '${path}*' (__huilian_path)`;
        const values = option === undefined ? '' : ` -x -l ${option}`;
        return `complete -c huilian -n "${test}"${values} -a '${words.join(' ')}'`;
      }),
    ].join('\n'),
};

function cases(tree: Tree): string {
  return [...tree].map(([path, words]) => `    "${path}") echo "${words.join(' ')}" ;;`).join('\n');
}
