/** The bytes of a JSON text, and a view of them that reads four at a time; seven bytes more than the text has are there. */
export interface JsonBytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

const quote = 0x22;
const backslash = 0x5c;

/** The offset behind the string whose first character is at `at`; some quote is known to follow. */
export function skipString({ bytes, view }: JsonBytes, at: number): number {
  let i = at;
  for (;;) {
    const word = view.getInt32(i, true);
    const quotes = word ^ 0x22222222;
    const escapes = word ^ 0x5c5c5c5c;
    // The lowest of these bits is that of the first quote or backslash.
    const marks = (((quotes - 0x01010101) & ~quotes) | ((escapes - 0x01010101) & ~escapes)) & 0x80808080;
    if (marks === 0) {
      i += 4;
    } else {
      i += (31 - Math.clz32(marks & -marks)) >> 3;
      if (bytes[i++] === quote) return i;
      i++;
    }
  }
}

/**
 * The offset behind the object or array whose opening bracket is just before `at`. Of four bytes without a bracket or a
 * backslash it matters only how many quotes there are: after an odd number of them what follows is in a string.
 */
export function skipContainer({ bytes, view }: JsonBytes, at: number, end: number): number {
  let depth = 1;
  let quotes = 0;
  let i = at;
  while (i < end) {
    // Two words a turn, as most have no bracket.
    let word = view.getInt32(i, true);
    const next = view.getInt32(i + 4, true);
    let marks = bracketsIn(word);
    const later = bracketsIn(next);
    if ((marks | later) === 0) {
      quotes ^= quotesIn(word) ^ quotesIn(next);
      i += 8;
      continue;
    }
    if (marks === 0) {
      quotes ^= quotesIn(word);
      i += 4;
      word = next;
      marks = later;
    }
    const first = marks & -marks;
    quotes ^= quotesIn(word) & (first - 1);
    i += (31 - Math.clz32(first)) >> 3;
    const byte = bytes[i++] as number;
    if (isOdd(quotes)) {
      if (byte === backslash) i++;
    } else {
      // `{` and `[` differ in one bit, and so do their closing partners.
      const bracket = byte | 0x20;
      if (bracket === 0x7b) depth++;
      else if (bracket === 0x7d && --depth === 0) return i;
    }
  }
  return end;
}

/** Finds `[`, `\\`, `]`, `{`, `}`, a few others, and any of these with a high bit. */
function bracketsIn(word: number): number {
  return (((word | 0x20202020) & 0x7f7f7f7f) + 0x05050505) & 0x80808080;
}

function quotesIn(word: number): number {
  const others = word ^ 0x22222222;
  return ~(((others & 0x7f7f7f7f) + 0x7f7f7f7f) | others) & 0x80808080;
}

/** Whether an odd number of the four bytes' highest bits are set. */
function isOdd(bits: number): boolean {
  const folded = bits ^ (bits >>> 16);
  return ((folded ^ (folded >>> 8)) & 0x80) !== 0;
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
