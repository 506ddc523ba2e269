import { HuilianError } from '@huilian/core';
import { SaxesParser } from 'saxes';
import type { Archive } from './archive.js';

/** Bytes that may go by between two tags: far more than the longest cell, far less than memory. */
const LONGEST_TOKEN = 4 * 1024 * 1024;

/** Attributes by the names that stand in the file; those of another namespace with their prefix. */
export type Attributes = Readonly<Record<string, string>>;

/** Called for what stands in a part, with local names: programs differ in the prefixes that they use. */
export interface XmlHandler {
  open(name: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * Reads a part of an XLSX file. Yields after each piece, so that the reader of rows can hand on what has come together.
 *
 * Document types are refused: SpreadsheetML has none (ECMA-376 part 2, 7.5), and entities are what they are misused for.
 *
 * @throws HuilianError HL-9003 not well-formed; and those of {@link Archive.chunks}
 */
export async function* parseXml(
  archive: Archive,
  part: string,
  handler: XmlHandler,
): AsyncGenerator<undefined, void, undefined> {
  const parser = new SaxesParser({ xmlns: false });
  let quiet = 0;
  parser.on('doctype', () => {
    throw new HuilianError('HL-9003', { part, reason: 'DOCTYPE' });
  });
  parser.on('opentag', ({ name, attributes }) => {
    quiet = 0;
    handler.open(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    quiet = 0;
    handler.close?.(localName(name));
  });
  const heard = (text: string): void => handler.text?.(text);
  parser.on('text', heard);
  parser.on('cdata', heard);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of archive.chunks(part)) {
      quiet += chunk.length;
      if (quiet > LONGEST_TOKEN) throw new HuilianError('HL-9003', { part, limit: LONGEST_TOKEN });
      parser.write(decoder.decode(chunk, { stream: true }));
      yield undefined;
    }
    parser.write(decoder.decode());
    parser.close();
    yield undefined;
  } catch (cause) {
    if (cause instanceof HuilianError || !(cause instanceof Error)) throw cause;
    throw new HuilianError('HL-9003', { part, reason: cause.message.slice(0, 120) }, { cause });
  }
}

/** Reads a part whole. */
export async function readXml(archive: Archive, part: string, handler: XmlHandler): Promise<void> {
  for await (const _piece of parseXml(archive, part, handler));
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** True for the spellings of a true boolean (xsd:boolean). */
export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
