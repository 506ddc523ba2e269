import { readKit, runInboxCases, runReceiverCases, SYSTEMS, type CaseResult } from '@huilian/adapters';
import { HuilianError } from '@huilian/core';
import { expected } from '../context.js';
import { say } from '../language.js';
import { choice, text, type Command } from './command.js';

/** `huilian conformance run URL`: drives a system of another vendor through the cases of the kit. */
export const conformanceRun: Command = {
  name: 'conformance run',
  arguments: '<url>',
  summary: {
    zh: '用符合性用例检验其他厂商的系统',
    en: "drive another vendor's system through the cases of the conformance kit",
  },
  options: [
    {
      flags: '--system <system>',
      about: { zh: '被测系统接收哪类消息', en: 'whose messages the system under test takes' },
      choices: SYSTEMS,
    },
    { flags: '--receiver', about: { zh: '被测系统接收推送', en: 'the system under test receives webhooks' } },
    { flags: '--kit <folder>', about: { zh: '用例所在目录', en: 'folder of the kit' } },
  ],
  run: async ({ output, config }, options, url = '') => {
    const kit = readKit(text(options, 'kit'));
    const address = url.replace(/\/+$/, '');
    const system = choice(options, 'system', SYSTEMS);
    const isReceiver = options['receiver'] === true;
    if ((system === undefined) === !isReceiver)
      throw expected('--system', `${SYSTEMS.join(', ')} | --receiver`);
    const results = system
      ? await runInboxCases(kit.inbox, { address, system, token: config.HUILIAN_ADAPTER_TOKEN })
      : await runReceiverCases(kit, url);
    for (const result of results) output.data(result, lineOf(result, output.language));
    const differing = results.filter(({ differences }) => differences.length > 0).length;
    const passed = results.length - differing;
    output.talk({
      zh: `通过 ${passed} 项，不符 ${differing} 项`,
      en: `${passed} passed, ${differing} failed`,
    });
    if (differing > 0) throw new HuilianError('HL-9250', { cases: differing });
  },
};

function lineOf({ name, about, differences }: CaseResult, language: 'zh-CN' | 'en'): string {
  const sign = differences.length === 0 ? '✓' : '✗';
  return [`${sign} ${name}  ${say(about, language)}`, ...differences.map((each) => `    ${each}`)].join('\n');
}
