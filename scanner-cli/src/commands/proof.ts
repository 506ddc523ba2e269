import { writeFile } from 'node:fs/promises';
import { HuilianError, parseEventId } from '@huilian/core';
import { expected } from '../context.js';
import { gatewaysOf, keyOf, read } from '../session.js';
import { text, type Command } from './command.js';

/** `huilian proof EVENT`: a proof of one event that anybody with the trust bundle checks offline. */
export const proof: Command = {
  name: 'proof',
  arguments: '<event>',
  summary: { zh: '取得单个事件的证明，可离线核验', en: 'get the proof of one event, to be verified offline' },
  options: [{ flags: '--out <file>', about: { zh: '写入文件', en: 'write it into a file' } }],
  run: async (context, options, event = '') => {
    const place = parseEventId(event);
    if (!place) throw expected('EVENT', 'KEY.SEQUENCE.INDEX');
    const key = await keyOf(context);
    const found = await read(
      gatewaysOf(context, key),
      `/v1/proofs/${place.keyId}/${place.sequence}/${place.index}`,
    );
    if (found === undefined) throw new HuilianError('HL-3018', { event });
    const bytes = `${JSON.stringify(found)}\n`;
    // A gateway's word is not enough: what is handed on was checked here against the pinned trust bundle.
    const { verifyProof } = await import('@huilian/verifier');
    verifyProof(Buffer.from(bytes), key.trust);
    const file = text(options, 'out');
    if (file === undefined) {
      context.output.data(found, bytes.trimEnd());
      return;
    }
    await writeFile(file, bytes);
    context.output.talk({
      zh: `已写入 ${file}，用 huilian verify ${file} 核验`,
      en: `written to ${file}; huilian verify ${file} checks it`,
    });
  },
};
