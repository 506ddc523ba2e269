import { readKit, runInboxCases, runReceiverCases, SYSTEMS, type CaseResult } from '@huilian/adapters';
import { HuilianError } from '@huilian/core';
import { expected, usage } from '../context.js';
import { say } from '../language.js';
import { choice, flag, text, type Command } from './command.js';

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
    {
      flags: '--test-ledger',
      about: {
        zh: '与 --system 同用：确认被测系统登记到测试账本，用例中的消息会真正登记',
        en: 'with --system: yes, the system under test records on a ledger of tests; what the cases send is recorded like any message',
      },
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
    // A case holds a car and hands goods over; on the ledger of the trade that would stand for ever.
    if (system && !flag(options, 'testLedger'))
      throw usage(
        '--test-ledger',
        say(
          {
            zh: '用例中的消息会由被测系统真正登记（如锁定车辆）；请只对登记到测试账本的系统运行，并写明此项',
            en: 'the system under test records what the cases send, such as the hold of a vehicle; run them only where it records on a ledger of tests, and say so',
          },
          output.language,
        ),
      );
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
