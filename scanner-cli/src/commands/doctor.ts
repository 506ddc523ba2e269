import { Exit } from '../context.js';
import type { Command } from './command.js';

/** `huilian doctor`: what is wrong with the set-up, and how to mend it. */
export const doctor: Command = {
  name: 'doctor',
  summary: { zh: '检查本机与网络的设置', en: 'check the set-up of this machine and the network' },
  run: async ({ config, output }) => {
    // Loaded here, because it brings the whole network along.
    const { doctor: examine, findingText } = await import('@huilian/network');
    const findings = await examine({ home: config.HUILIAN_HOME });
    output.data({ findings }, findings.map((finding) => findingText(finding, output.language)).join('\n'));
    if (findings.some(({ level }) => level === 'fault')) throw new Exit(1);
  },
};
