/** The bytes of a JSON text, twice: as bytes, and four at a time. */
export interface JsonBytes {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
}

const quote = 0x22;
const backslash = 0x5c;

/** The offset behind the string whose first character is at `at`; some quote is known to follow. */
export function skipString(bytes: Uint8Array, at: number): number {
  let i = at;
  for (;;) {
    const byte = bytes[i++];
    if (byte === quote) return i;
    if (byte === backslash) i++;
  }
}

/**
 * The offset behind the object or array whose opening bracket is just before `at`. Most bytes of a text are neither quotes
 * nor brackets, so four of them are passed at a time where none is a quote or above the letter Z.
 */
export function skipContainer({ bytes, words }: JsonBytes, at: number, end: number): number {
  let depth = 1;
  let i = at;
  while (i < end) {
    if ((i & 3) === 0) {
      for (;;) {
        const word = words[i >> 2] as number;
        const quotes = word ^ 0x22222222;
        if (((((quotes - 0x01010101) & ~quotes) | (word + 0x25252525) | word) & 0x80808080) !== 0) break;
        i += 4;
        if (i >= end) return end;
      }
    }
    const byte = bytes[i++] as number;
    if (byte === quote) i = skipString(bytes, i);
    else if (byte >= 0x5b) {
      // `{` and `[` differ in one bit, and so do their closing partners.
      const bracket = byte | 0x20;
      if (bracket === 0x7b) depth++;
      else if (bracket === 0x7d && --depth === 0) return i;
    }
  }
  return end;
}

/** The offset behind the number or literal that starts at `at`. */
export function skipScalar(bytes: Uint8Array, at: number): number {
  let i = at;
  for (;;) {
    const byte = bytes[i];
    if (byte === undefined || byte <= 0x20 || byte === 0x2c || byte === 0x7d || byte === 0x5d) return i;
    i++;
  }
}
