/** Two-byte characters by the character; Node decodes GB 18030 and does not encode it. */
let table: Map<string, readonly [number, number]> | undefined;

function characters(): Map<string, readonly [number, number]> {
  const decoder = new TextDecoder('gb18030');
  const made = new Map<string, readonly [number, number]>();
  for (let first = 0x81; first <= 0xfe; first++)
    for (let second = 0x40; second <= 0xfe; second++) {
      const text = decoder.decode(Uint8Array.of(first, second));
      if (text.length === 1 && text !== '\ufffd') made.set(text, [first, second]);
    }
  return made;
}

/** The text in GB 18030, in those of its characters that GBK has. */
export function gb18030(text: string): Buffer {
  table ??= characters();
  const known = table;
  return Buffer.from(
    Array.from(text).flatMap((character) => {
      if (character < '\u0080') return [character.charCodeAt(0)];
      const bytes = known.get(character);
      if (!bytes) throw new Error(`${character} is not in GBK`);
      return [...bytes];
    }),
  );
}
