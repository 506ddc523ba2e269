/**
 * True when an object of a JSON text holds the same name twice. The parser would keep the last one only, and two readers
 * could see different things in the same bytes.
 *
 * @param text valid JSON
 */
export function hasDuplicateKeys(text: string): boolean {
  const names: (Set<string> | undefined)[] = [];
  let isName = false;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x7b: // {
        names.push(new Set());
        isName = true;
        break;
      case 0x5b: // [
        names.push(undefined);
        isName = false;
        break;
      case 0x7d: // }
      case 0x5d: // ]
        names.pop();
        break;
      case 0x2c: // ,
        isName = names.at(-1) !== undefined;
        break;
      case 0x3a: // :
        isName = false;
        break;
      case 0x22: {
        const end = endOfString(text, i);
        if (isName) {
          const object = names.at(-1);
          const name = nameOf(text.slice(i, end));
          if (object?.has(name) === true) return true;
          object?.add(name);
        }
        i = end - 1;
        break;
      }
    }
  }
  return false;
}

/** Index behind the closing quotation mark. */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (text.charCodeAt(i) !== 0x22) i += text.charCodeAt(i) === 0x5c ? 2 : 1;
  return i + 1;
}

/** `"a"` and `"\u0061"` are the same name. */
function nameOf(quoted: string): string {
  return quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
}
