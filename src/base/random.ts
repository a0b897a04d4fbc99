const hexDigits = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
/** Where the two digits of each byte stand; between them there are dashes. */
const places = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const units = new Array<number>(36).fill('-'.charCodeAt(0));
const poolSize = 16 * 256;
let pool: Uint8Array = new Uint8Array(0);
let used = 0;

/**
 * Makes one random id in the shape of a version 4 UUID, as the event ids of EventBridge are documented to be.
 * Uses `crypto.getRandomValues`, which every runtime has, also on pages without HTTPS.
 */
export function randomIds(): string {
  if (used === pool.length) {
    pool = crypto.getRandomValues(new Uint8Array(poolSize));
    used = 0;
  }
  // The version and the variant of the id.
  pool[used + 6] = ((pool[used + 6] as number) & 0x0f) | 0x40;
  pool[used + 8] = ((pool[used + 8] as number) & 0x3f) | 0x80;
  for (let i = 0; i < places.length; i++) {
    const byte = pool[used++] as number;
    const place = places[i] as number;
    units[place] = hexDigits[byte >> 4] as number;
    units[place + 1] = hexDigits[byte & 15] as number;
  }
  // At once: a text that is added up piece by piece is kept in pieces, and ids are kept for long.
  return String.fromCharCode(...units);
}

/** The id of an event that is never sent. */
export const noId = () => '00000000-0000-0000-0000-000000000000';

/**
 * Makes a source of ids that count up: `00000000-0000-0000-0000-000000000001`, `…2`, and so on. For tests that
 * compare whole events.
 */
export function sequentialIds(): () => string {
  let last = 0;
  return () => `00000000-0000-0000-0000-${String(++last).padStart(12, '0')}`;
}

/** Numbers from 0 up to 1, the same for the same whole number from 0 to 2^32 - 1 (mulberry32, in the public domain). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
