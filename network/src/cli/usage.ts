import type { Language } from '@huilian/core';

const texts: Readonly<Record<Language, string>> = {
  en: `Usage: network <command> [options]

  up        Bring the network up; start only what is down
              --ordering raft|bft   for a new network (default raft)
              --port N              first port of a new network (default HUILIAN_NETWORK_PORT, else a free range)
              --bundle DIR          built chaincode for a new network (default chaincode/bundle)
  down      Stop it; data stays
  status    Say what runs
  logs      Show the last lines of the logs   [PROCESS] --lines N
  deploy    Run another chaincode on the running network; data stays   --bundle DIR
  enroll    Issue an identity   MSPID NAME --role gateway|administrator|auditor [--attribute KEY=VALUE]… [--renew]
  doctor    Say what is wrong and how to mend it
  purge     Stop it and remove its data, and the read model that a gateway made of them; keys stay

  --home DIR   where the network lives (default HUILIAN_HOME, else .huilian)
  --lang zh-CN|en   --json`,
  'zh-CN': `用法：network <命令> [选项]

  up        启动网络，只启动停下的进程
              --ordering raft|bft   新网络的排序方式（默认 raft）
              --port N              新网络的起始端口（默认 HUILIAN_NETWORK_PORT，否则自动选择空闲端口段）
              --bundle DIR          新网络的链码（默认 chaincode/bundle）
  down      停止网络，保留数据
  status    显示运行状态
  logs      显示日志末尾   [进程] --lines N
  deploy    在运行的网络上部署另一版本链码，保留数据   --bundle DIR
  enroll    签发身份   MSPID 名称 --role gateway|administrator|auditor [--attribute 键=值]… [--renew]
  doctor    检查问题并说明如何解决
  purge     停止网络并删除其数据，以及网关由此建立的读模型；密钥保留

  --home DIR   网络所在目录（默认 HUILIAN_HOME，否则 .huilian）
  --lang zh-CN|en   --json`,
};

/** What the command can do. */
export function usage(language: Language): string {
  return texts[language];
}
