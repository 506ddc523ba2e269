import type { Submitter } from '@huilian/core';
import type { Creator } from '@huilian/fabric';
import { CertificateWithExtensions } from '../fabric/x509.js';

/** Fabric's extension for attributes: raw JSON `{"attrs":{…}}`. */
const attributesExtension = '1.2.3.4.5.6.7.8.1';

const known = new Map<string, string | undefined>();

/** Who submitted a transaction, as the chaincode sees it: organisation and the certificate's attribute `role`. */
export function submitterOf(creator: Creator): Submitter {
  const pem = Buffer.from(creator.certificate).toString('utf8');
  if (!known.has(pem)) known.set(pem, roleOf(pem));
  return { mspId: creator.mspId, role: known.get(pem) };
}

function roleOf(pem: string): string | undefined {
  const extension = new CertificateWithExtensions(pem).getExtension(attributesExtension);
  if (extension === null) return undefined;
  const content: unknown = JSON.parse(Buffer.from(extension.value).toString('utf8'));
  const attributes = member(content, 'attrs');
  const role = member(attributes, 'role');
  return typeof role === 'string' ? role : undefined;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
