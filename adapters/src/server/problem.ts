import { HuilianError, type Language } from '@huilian/core';
import { say } from '../fields/phrase.js';
import { MessageError } from '../messages/read-message.js';

/** A problem document (RFC 9457) of an adapter, with the stable code and every fault of a message. */
export function problemOf(error: unknown, language: Language): Readonly<Record<string, unknown>> {
  const known = error instanceof HuilianError ? error : new HuilianError('HL-9231');
  const text = language === 'en' ? known.row.en : known.row.zh;
  const { code, details } = known;
  return {
    type: `urn:huilian:error:${code}`,
    title: text.what,
    status: known.row.http,
    detail: text.next,
    code,
    name: known.row.name,
    ...(Object.keys(details).length > 0 ? { facts: details } : {}),
    ...(known instanceof MessageError
      ? {
          errors: known.faults.map(({ pointer, code: fault, allowed }) => {
            const { row } = new HuilianError(fault);
            const detail = language === 'en' ? row.en.what : row.zh.what;
            return { pointer, code: fault, detail, ...(allowed ? { allowed: say(allowed, language) } : {}) };
          }),
          ...(known.unknown.length > 0 ? { unknownFields: known.unknown } : {}),
        }
      : {}),
  };
}

/** The language of `Accept-Language`; Chinese when none is asked for. */
export function languageOf(header: string | undefined): Language {
  const [first = 'zh'] = (header ?? '').split(',').map((part) => part.trim().toLowerCase());
  return first === '' || first === '*' || first.startsWith('zh') ? 'zh-CN' : 'en';
}
