import { join } from 'node:path';
import { describe, type ErrorCode } from '@huilian/core';
import { cast, type CastMember } from '../cast.js';
import { GatewayClient } from '../gateway-client.js';
import type { Recorded } from './huilian.js';
import type { Genealogy, Morning } from './scene.js';

/** What `huilian verify` counts. */
interface Verified {
  readonly blocks: number;
  readonly transactions: number;
  readonly events: number;
  readonly stateRows: number;
  readonly readModelRows: number;
  readonly readModelEvents: number;
}

/** The shop inspects an engine that the dismantler still holds. The auditor keeps the proof of the attempt. */
export async function illegalStep(
  { home, stations, story, language }: Morning,
  engine: string,
): Promise<void> {
  const { exitCode, lines } = await stations.repairShop.run<Recorded>('inspect', engine, '--result', 'fit');
  const refused = lines[0];
  if (exitCode !== 3 || refused?.status !== 'refused' || refused.code === undefined) {
    throw new Error(`an illegal step was not refused: ${JSON.stringify(lines)}`);
  }
  const why = `${refused.code} ${describe(refused.code as ErrorCode, {}, language)}`;
  story.scene(
    `${cast.repairShop.name}想检验一台并不在其手中的发动机，被拒绝，并留有记录：`,
    'The repair shop inspects an engine that it does not hold. That is refused, and the attempt is on record:',
  );
  story.line(why, why);
  const file = join(home, 'refused-attempt.json');
  await stations.auditor.run('proof', refused.event, '--out', file);
  const { lines: proved, stderr } = await stations.auditor.run<{ verdict: string; organisations: string[] }>(
    'verify',
    file,
  );
  if (proved[0]?.verdict !== refused.code) throw new Error(`the attempt is not proved: ${stderr}`);
  const signers = proved[0].organisations.join(', ');
  story.line(
    `证明已存为 ${file}，离线核验通过，签署方：${signers}。`,
    `Its proof is kept as ${file} and verifies offline, signed by ${signers}.`,
  );
}

/** The auditor traces a part and computes the whole ledger anew. */
export async function audit({ stations, story, url }: Morning, door: string, car: string): Promise<void> {
  const trace = await stations.auditor.run<unknown>('item', 'trace', door);
  const genealogy = await stations.auditor.run<Genealogy>('item', 'tree', door);
  const back = genealogy.lines[0]?.ancestors.at(-1)?.item;
  if (trace.exitCode !== 0 || back !== car)
    throw new Error(`the door does not lead back to its car: ${trace.stderr}${genealogy.stderr}`);
  story.scene(
    `审核员追溯车门 ${door}：来自车辆 ${back}。`,
    `The auditor traces door ${door} back to car ${back}.`,
  );
  story.line(`在手机上查看：${url}/p/${door}`, `To look at on a phone: ${url}/p/${door}`);
  const { exitCode, lines, stderr } = await stations.auditor.run<Verified>('verify', '--read-model');
  const [verified] = lines;
  if (exitCode !== 0 || !verified) throw new Error(`the ledger did not verify (${exitCode}): ${stderr}`);
  story.scene(
    `审核员不信任任何人，从创世区块起重算：${verified.blocks} 个区块、${verified.transactions} 笔交易、${verified.events} 个事件；与世界状态 ${verified.stateRows} 行、读模型 ${verified.readModelRows} 行、${verified.readModelEvents} 个事件比对，无一差异。`,
    `The auditor trusts nobody and computes the ledger anew from its genesis block: ${verified.blocks} blocks, ${verified.transactions} transactions, ${verified.events} events; compared with ${verified.stateRows} rows of the world state and, of the read model, with ${verified.readModelRows} rows and ${verified.readModelEvents} events, no difference.`,
  );
}

/** What every station recorded, read from its lane. */
export async function countUp({ keyIds, story, token, url }: Morning): Promise<void> {
  const client = new GatewayClient(url);
  story.scene(
    '今天每个工位记录的事件（读自账本）：',
    'Events that each station recorded today, as the ledger has them:',
  );
  for (const [member, keyId] of Object.entries(keyIds) as [CastMember, string][]) {
    const lane = await client.get<{ events: number; refused: number }>(`/v1/lanes/${keyId}`, token);
    if (!lane) continue;
    const { name } = cast[member];
    story.line(
      `${name}：${lane.events}，其中拒绝 ${lane.refused}`,
      `${name}: ${lane.events}, of them refused ${lane.refused}`,
    );
  }
}
