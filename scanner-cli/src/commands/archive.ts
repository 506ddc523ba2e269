import { say } from '../language.js';
import { peerOf } from '../peer.js';
import { text, type Command } from './command.js';

/** `huilian archive FILE`: all blocks of a peer in one file, for keeping and for `verify --archive`. */
export const archive: Command = {
  name: 'archive',
  arguments: '<file>',
  summary: { zh: '把节点的全部区块存入一个文件', en: 'keep all blocks of a peer in one file' },
  options: [
    {
      flags: '--organisation <mspId>',
      about: { zh: '从该组织的节点读取', en: "read from this organisation's peer" },
    },
  ],
  run: async (context, options, file = '') => {
    const [{ writeArchive }, { blocksOfPeer }] = await Promise.all([
      import('@huilian/fabric'),
      import('@huilian/verifier'),
    ]);
    const peer = await peerOf(context, text(options, 'organisation'));
    try {
      const blocks = await writeArchive(file, blocksOfPeer(peer));
      const said = { zh: `已写入 ${file}：${blocks} 个区块`, en: `${file}: ${blocks} blocks` };
      context.output.data({ file, blocks }, say(said, context.output.language));
    } finally {
      peer.close();
    }
  },
};
