/** Text as UTF-8 bytes. */
export function utf8(text: string): Uint8Array {
  return Buffer.from(text, 'utf8');
}

/** Lower case, two digits a byte. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}

/** The bytes of hexadecimal digits of either case; what is no pair of digits ends them without an error. */
export function fromHex(text: string): Uint8Array {
  return Buffer.from(text, 'hex');
}

/** RFC 4648 section 5, without padding. */
export function toBase64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64url');
}

/** The bytes of base64url; other characters are passed over, so whoever reads a stranger's text checks its form first. */
export function fromBase64url(text: string): Uint8Array {
  return Buffer.from(text, 'base64url');
}
