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
  'node' | 'fabric' | 'disk' | 'network' | 'ports' | 'process' | 'certificates' | 'chaincode';

const subjects: Readonly<Record<Subject, Readonly<Record<Language, string>>>> = {
  node: { 'zh-CN': 'Node.js', en: 'Node.js' },
  fabric: { 'zh-CN': 'Fabric 程序', en: 'Fabric programs' },
  disk: { 'zh-CN': '磁盘', en: 'Disk' },
  network: { 'zh-CN': '网络', en: 'Network' },
  ports: { 'zh-CN': '端口', en: 'Ports' },
  process: { 'zh-CN': '进程', en: 'Process' },
  certificates: { 'zh-CN': '证书', en: 'Certificates' },
  chaincode: { 'zh-CN': '链码', en: 'Chaincode' },
};

const marks = { good: '✓', warning: '!', fault: '✗' } as const;

export function good(subject: Subject, details: Details = {}): Finding {
  return { level: 'good', subject, details };
}

export function warning(subject: Subject, code: ErrorCode, details: Details = {}): Finding {
  return { level: 'warning', subject, code, details };
}

export function fault(subject: Subject, code: ErrorCode, details: Details = {}): Finding {
  return { level: 'fault', subject, code, details };
}

/** One line for a person: what was looked at, what is wrong with it, how to mend it. */
export function findingText(finding: Finding, language: Language): string {
  const { level, subject, code, details } = finding;
  const name = subjects[subject][language];
  if (code !== undefined) return `${marks[level]} ${name}: ${code} ${describe(code, details, language)}`;
  const facts = Object.entries(details).map(([key, value]) => `${key} ${value}`);
  return facts.length === 0 ? `${marks[level]} ${name}` : `${marks[level]} ${name}: ${facts.join(', ')}`;
}
