import type { Language } from '@huilian/core';

/** What `up` is doing. */
export type Step =
  | 'binaries'
  | 'identities'
  | 'genesis'
  | 'processes'
  | 'channel'
  | 'chaincode'
  | 'newChaincode'
  | 'otherChaincode'
  | 'ready'
  | 'stopping';

/** Called at each step; the hint says how far it is or how long it usually takes, and may be empty. */
export type OnProgress = (step: Step, hint: string) => void;

const texts: Readonly<Record<Step, Readonly<Record<Language, string>>>> = {
  binaries: { 'zh-CN': '构建 Fabric 程序（只需一次）', en: 'Building the Fabric programs (once)' },
  identities: { 'zh-CN': '签发证书', en: 'Issuing certificates' },
  genesis: { 'zh-CN': '生成创世区块', en: 'Writing the genesis block' },
  processes: { 'zh-CN': '启动排序节点和对等节点', en: 'Starting orderers and peers' },
  channel: { 'zh-CN': '加入通道', en: 'Joining the channel' },
  chaincode: { 'zh-CN': '部署链码', en: 'Deploying the chaincode' },
  newChaincode: {
    'zh-CN': '部署本检出构建的链码，替换通道上的版本',
    en: 'Deploying the chaincode that was built, in place of the one that the channel runs',
  },
  otherChaincode: {
    'zh-CN': '构建的链码与通道上的不同，通道保持不变（部署：node network/dist/main.js deploy）',
    en: 'Another chaincode was built than the channel runs; the channel keeps its own (node network/dist/main.js deploy changes that)',
  },
  ready: { 'zh-CN': '等待第一笔交易提交', en: 'Waiting for a transaction to commit' },
  stopping: { 'zh-CN': '停止网络', en: 'Stopping the network' },
};

/** One line for a person. */
export function progressText(step: Step, hint: string, language: Language): string {
  return hint === '' ? texts[step][language] : `${texts[step][language]} … ${hint}`;
}
