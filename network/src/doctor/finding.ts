import { describe, type Details, type ErrorCode, type Language } from '@huilian/core';

/** One thing that the doctor looked at. */
export interface Finding {
  /** `good`: nothing to do. `warning`: works, but not for ever or not as built. `fault`: does not work. */
  readonly level: 'good' | 'warning' | 'fault';
  readonly subject: Subject;
  /** What is wrong, from the closed list; absent when all is well. */
  readonly code?: ErrorCode;
  readonly details: Details;
}

export type Subject =
  'node' | 'fabric' | 'disk' | 'network' | 'ports' | 'process' | 'certificates' | 'chaincode' | 'gateway';

type Words = Readonly<Record<Language, (value: string | number) => string>>;

const asItIs: Words = { 'zh-CN': String, en: String };

/** How a fact about what is well is said, with its unit. */
const facts = {
  version: asItIs,
  directory: asItIs,
  address: asItIs,
  name: asItIs,
  peer: asItIs,
  go: { 'zh-CN': (value) => `可用 Go ${value} 构建`, en: (value) => `can be built with Go ${value}` },
  freeGiB: { 'zh-CN': (value) => `剩余 ${value} GiB`, en: (value) => `${value} GiB free` },
  count: { 'zh-CN': (value) => `${value} 份均有效`, en: (value) => `${value}, all valid` },
  pid: { 'zh-CN': (value) => `进程号 ${value}`, en: (value) => `pid ${value}` },
  gateway: {
    'zh-CN': (value) => `网关可用端口 ${value}`,
    en: (value) => `${value} is free for the gateway`,
  },
  taken: { 'zh-CN': (value) => `已占用：${value}`, en: (value) => `taken: ${value}` },
  checks: { 'zh-CN': (value) => `就绪：${value}`, en: (value) => `ready: ${value}` },
} as const satisfies Readonly<Record<string, Words>>;

type Facts = Partial<Readonly<Record<keyof typeof facts, string | number>>>;

const subjects: Readonly<Record<Subject, Readonly<Record<Language, string>>>> = {
  node: { 'zh-CN': 'Node.js', en: 'Node.js' },
  fabric: { 'zh-CN': 'Fabric 程序', en: 'Fabric programs' },
  disk: { 'zh-CN': '磁盘', en: 'Disk' },
  network: { 'zh-CN': '网络', en: 'Network' },
  ports: { 'zh-CN': '端口', en: 'Ports' },
  process: { 'zh-CN': '进程', en: 'Process' },
  certificates: { 'zh-CN': '证书', en: 'Certificates' },
  chaincode: { 'zh-CN': '链码', en: 'Chaincode' },
  gateway: { 'zh-CN': '网关', en: 'Gateway' },
};

const marks = { good: '✓', warning: '!', fault: '✗' } as const;

export function good(subject: Subject, details: Facts = {}): Finding {
  return { level: 'good', subject, details };
}

export function warning(subject: Subject, code: ErrorCode, details: Details = {}): Finding {
  return { level: 'warning', subject, code, details };
}

export function fault(subject: Subject, code: ErrorCode, details: Details = {}): Finding {
  return { level: 'fault', subject, code, details };
}

function isFact(name: string): name is keyof typeof facts {
  return Object.hasOwn(facts, name);
}

/** One line for a person: what was looked at, what is wrong with it, how to mend it. */
export function findingText(finding: Finding, language: Language): string {
  const { level, subject, code, details } = finding;
  const name = subjects[subject][language];
  if (code !== undefined) return `${marks[level]} ${name}: ${code} ${describe(code, details, language)}`;
  const said = Object.entries(details).map(([fact, value]) =>
    isFact(fact) ? facts[fact][language](value) : String(value),
  );
  const [colon, comma] = language === 'en' ? [': ', ', '] : ['：', '，'];
  return said.length === 0 ? `${marks[level]} ${name}` : `${marks[level]} ${name}${colon}${said.join(comma)}`;
}
