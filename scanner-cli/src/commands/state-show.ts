import { canonicalText, HuilianError, parseBounded, rowOfStored, utf8, type Row } from '@huilian/core';
import { usage, type Context } from '../context.js';
import { peerOf } from '../peer.js';
import { text, type Command } from './command.js';

/** `huilian state show KEY [STORED]`: a row of the world state in full; the ledger stores it under short names. */
export const stateShow: Command = {
  name: 'state show',
  arguments: '<key> [stored]',
  summary: {
    zh: '完整显示世界状态中的一行（如 item/hl1…），或解读给出的存储值',
    en: 'a row of the world state in full, such as item/hl1..., or what a stored value given says',
  },
  options: [
    {
      flags: '--organisation <mspId>',
      about: { zh: '从该组织的节点读取', en: "read from this organisation's peer" },
    },
  ],
  run: async (context, options, key = '', stored?: string) => {
    const row =
      stored === undefined ? await rowAtPeer(context, key, text(options, 'organisation')) : told(key, stored);
    context.output.data({ key, row }, `${key}\n${JSON.stringify(row, undefined, 2)}`);
  },
};

/** @throws HuilianError HL-4040 when there is no such row */
async function rowAtPeer(context: Context, key: string, mspId: string | undefined): Promise<Row> {
  const peer = await peerOf(context, mspId);
  try {
    const page = JSON.parse(Buffer.from(await peer.evaluate('State:page', [key, '1'])).toString()) as {
      rows: [string, Row][];
    };
    const [first] = page.rows;
    if (first?.[0] !== key) throw new HuilianError('HL-4040', { key });
    return first[1];
  } finally {
    peer.close();
  }
}

function told(key: string, stored: string): Row {
  const value = parseBounded(utf8(stored));
  try {
    // By way of its text: members that are absent are not shown.
    return JSON.parse(canonicalText(rowOfStored(key, value))) as Row;
  } catch (error) {
    if (error instanceof HuilianError) throw error;
    throw usage('stored', error instanceof Error ? error.message : String(error));
  }
}
