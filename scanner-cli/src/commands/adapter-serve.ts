import { startAdapter, SYSTEMS, systems } from '@huilian/adapters';
import { inboxOf, laneLedgerOf } from '../adapter/open.js';
import { expected } from '../context.js';
import { asHuilianError } from '../output.js';
import { pepperIfSet } from '../pepper.js';
import { text, type Command } from './command.js';
import { wholeOf } from './item-events.js';

/** `huilian adapter serve SYSTEM`: takes messages of a partner's system and brings them onto the ledger, until it is stopped. */
export const adapterServe: Command = {
  name: 'adapter serve',
  arguments: '<system>',
  summary: {
    zh: '接收其他系统的消息并登记上链（insurance、repair、oldForReman、scrappedVehicle）',
    en: "take messages of a partner's system (insurance, repair, oldForReman, scrappedVehicle) and record them",
  },
  options: [
    { flags: '--port <number>', about: { zh: '端口，默认 8090', en: 'port, 8090 unless it is given' } },
    {
      flags: '--host <address>',
      about: { zh: '监听地址，默认本机', en: 'address, this machine unless it is given' },
    },
  ],
  run: async (context, options, name = '') => {
    const { output, config, now } = context;
    const system = SYSTEMS.find((known) => known === name);
    if (!system) throw expected('<system>', SYSTEMS.join(', '));
    const ledger = await laneLedgerOf(context);
    const host = text(options, 'host') ?? '127.0.0.1';
    const adapter = await startAdapter({
      system,
      ledger,
      inbox: inboxOf(context, { name: config.HUILIAN_KEY }),
      host,
      port: wholeOf(text(options, 'port') ?? '8090', '--port'),
      token: config.HUILIAN_ADAPTER_TOKEN,
      imeiPepper: pepperIfSet(context),
      now,
      failed: (error) => {
        output.error(asHuilianError(error));
      },
    });
    const address = `http://${host}:${adapter.port}`;
    const { title } = systems[system];
    output.data(
      { system, address },
      output.language === 'en'
        ? `${title.en}: ${address}/v1/messages`
        : `${title.zh}：${address}/v1/messages`,
    );
    await stopAsked();
    await adapter.stop();
  },
};

function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        resolve();
      });
  });
}
