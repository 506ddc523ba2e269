import { access, constants, readFile } from 'node:fs/promises';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { HuilianError, parseBounded, parseTrustBundle, type Language, type TrustBundle } from '@huilian/core';
import type { LedgerConnection } from '@huilian/fabric';
import type { VerifyOptions } from '@huilian/verifier';
import { Exit, type Context } from '../context.js';
import { listKeys, loadKey } from '../keys/index.js';
import { peerOf } from '../peer.js';
import { gatewaysOf, keyOf, read } from '../session.js';
import { flag, text, type Command, type Options } from './command.js';
import { proofText, provedOf, reportText } from './verify-report.js';

const DIFFERENCE = 6;

/** `huilian verify [FILE]`: the whole ledger from its blocks, or offline the proof of one event. */
export const verify: Command = {
  name: 'verify',
  arguments: '[proof]',
  summary: {
    zh: '核验整个账本，或离线核验单个事件的证明',
    en: 'verify the ledger from its blocks, or offline the proof of one event',
  },
  options: [
    { flags: '--trust <file>', about: { zh: '信任文件', en: 'trust bundle' } },
    { flags: '--archive <file>', about: { zh: '从区块存档读取', en: 'read the blocks from an archive' } },
    {
      flags: '--organisation <mspId>',
      about: { zh: '从该组织的节点读取', en: "read from this organisation's peer" },
    },
    {
      flags: '--read-model',
      about: {
        zh: '网关的读模型必须核对（默认：密钥可以查阅时核对；需监管方密钥）',
        en: "the gateway's read model must be compared (default: if the key may read it); takes a key of Oversight",
      },
    },
    {
      flags: '--no-read-model',
      about: { zh: '不核对网关的读模型', en: "leave the gateway's read model out" },
    },
    {
      flags: '--workers <number>',
      choices: ['1', '2'],
      about: {
        zh: '使用的处理器核数（默认：账本较长且本机有两个以上时用 2）',
        en: 'processor cores to use (default: 2 for a long ledger, if the machine has them)',
      },
    },
    {
      flags: '--scratch <directory>',
      about: {
        zh: '内存放不下的状态行的临时目录（默认：系统临时目录）',
        en: "folder for rows that do not fit into memory (default: the system's for temporary files)",
      },
    },
  ],
  run: async (context, options, ...[proof]) => {
    const trust = await trustOf(context, options);
    if (proof !== undefined) await verifyFile(context, trust, proof);
    else await verifyBlocks(context, trust, options);
  },
};

/** The bundle named, else the one pinned with the key, else that of the network on this machine. @throws HuilianError HL-7024 */
async function trustOf({ config }: Context, options: Options): Promise<TrustBundle> {
  const named = text(options, 'trust') ?? config.HUILIAN_TRUST;
  const { HUILIAN_KEY: key, deviceHome } = config;
  if (named === undefined && (await listKeys(deviceHome)).includes(key))
    return (await loadKey(deviceHome, key)).trust;
  const file = named ?? join(config.HUILIAN_HOME, 'network', 'trust.json');
  if (!existsSync(file)) throw new HuilianError('HL-7024', { file });
  return parseTrustBundle(parseBounded(readFileSync(file)));
}

async function verifyFile({ output }: Context, trust: TrustBundle, file: string): Promise<void> {
  const { verifyProof } = await import('@huilian/verifier');
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new HuilianError('HL-7032', { file }, { cause });
  }
  try {
    const proved = verifyProof(bytes, trust);
    output.data({ ok: true, ...provedOf(proved) }, proofText(proved, output.language));
  } catch (error) {
    // A file that is not even JSON proves as little as a forged one.
    if (!(error instanceof HuilianError)) throw error;
    output.data({ ok: false, code: error.code, details: error.details }, `✗ ${error.code}`);
    output.error(error);
    throw new Exit(DIFFERENCE);
  }
}

async function verifyBlocks(context: Context, trust: TrustBundle, options: Options): Promise<void> {
  const { verifyLedger } = await import('@huilian/verifier');
  const archive = text(options, 'archive');
  const peer = archive === undefined ? await peerOf(context, text(options, 'organisation')) : undefined;
  try {
    const sources = peer ? await sourcesOfPeer(peer) : await sourcesOfArchive(archive ?? '');
    const isLong = peer ? (await peer.height()) > LONG_BLOCKS : statSync(archive ?? '').size > LONG_BYTES;
    const readModel = await readModelOf(context, wishOf(options, archive));
    const report = await verifyLedger({
      ...sources,
      ...readModel,
      ...(await resourcesOf(options, isLong)),
      trust,
      ...progressOn(context),
    });
    context.output.data(report, reportText(report, context.output.language));
    if (report.ok) return;
    const difference = report.firstDifference;
    if (difference)
      context.output.error(
        new HuilianError(difference.code, { block: difference.block, what: difference.what }),
      );
    throw new Exit(DIFFERENCE);
  } finally {
    peer?.close();
  }
}

/** A second thread takes half a second to start; in a ledger that is longer it saves more. */
const LONG_BLOCKS = 100;
const LONG_BYTES = 33_554_432;

/** What of the machine may be used. @throws HuilianError HL-6050 when nothing can be written to the folder that is named */
async function resourcesOf(
  options: Options,
  isLong: boolean,
): Promise<Pick<VerifyOptions, 'workers' | 'scratchDirectory'>> {
  const named = text(options, 'workers');
  const useTwo = named === undefined ? isLong && availableParallelism() > 1 : named === '2';
  const workers = useTwo ? 2 : 1;
  const scratchDirectory = text(options, 'scratch');
  if (scratchDirectory === undefined) return { workers };
  try {
    // Rows may not fit only after minutes; a wrong name is told at once.
    await access(scratchDirectory, constants.W_OK);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HuilianError('HL-6050', { directory: scratchDirectory, reason }, { cause });
  }
  return { workers, scratchDirectory };
}

const TOLD_EVERY_MS = 5_000;

/** Tells every few seconds how far it is, and what is compared behind the blocks; nothing when nobody looks. */
function progressOn({ output, now }: Context): Pick<VerifyOptions, 'onProgress' | 'onCompare'> {
  let told = now();
  return {
    onProgress: ({ block, events }) => {
      if (now() - told < TOLD_EVERY_MS) return;
      told = now();
      output.talk({
        zh: `已核验 ${block} 个区块、${events} 个事件`,
        en: `${block} blocks, ${events} events verified`,
      });
    },
    onCompare: (what) => {
      output.talk(COMPARED[what]);
    },
  };
}

const COMPARED = {
  state: { zh: '正在比对世界状态', en: 'comparing the world state' },
  readModel: { zh: '正在比对网关的读模型', en: 'comparing the read model of the gateway' },
} as const;

type Sources = Pick<VerifyOptions, 'source'> & Partial<VerifyOptions>;

async function sourcesOfPeer(peer: LedgerConnection): Promise<Sources> {
  const { blocksOfPeer, stateOfPeer } = await import('@huilian/verifier');
  return {
    source: blocksOfPeer(peer),
    stateSource: () => stateOfPeer(peer),
    laterBlocks: (after) => blocksOfPeer(peer, after + 1),
  };
}

async function sourcesOfArchive(file: string): Promise<Sources> {
  const { readArchive } = await import('@huilian/fabric');
  if (!existsSync(file)) throw new HuilianError('HL-7032', { file });
  return { source: readArchive(file) };
}

/** With an archive the read model may be of later blocks, so it is compared only when that is asked for. */
function wishOf(options: Options, archive: string | undefined): 'required' | 'ifReadable' | 'none' {
  if (flag(options, 'readModel')) return 'required';
  return options['readModel'] === false || archive !== undefined ? 'none' : 'ifReadable';
}

/** The read model, as a gateway shows it to a key of Oversight. @throws HuilianError when it is required and not shown */
async function readModelOf(
  context: Context,
  wish: ReturnType<typeof wishOf>,
): Promise<Pick<VerifyOptions, 'readModel'>> {
  if (wish === 'none') return {};
  const { readModelOfGateway } = await import('@huilian/verifier');
  try {
    const gateways = gatewaysOf(context, await keyOf(context));
    if ((await read(gateways, '/v1/read-model/rows?limit=1')) === undefined)
      throw new HuilianError('HL-7017');
    return { readModel: readModelOfGateway((path) => read(gateways, path)) };
  } catch (error) {
    if (wish === 'required' || !(error instanceof HuilianError)) throw error;
    const reason = (language: Language): string => `${error.code} ${error.text(language)}`;
    context.output.talk({
      zh: `未核对网关的读模型：${reason('zh-CN')}`,
      en: `The gateway's read model is not compared: ${reason('en')}`,
    });
    return {};
  }
}
