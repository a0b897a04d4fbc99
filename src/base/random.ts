const hexDigits = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
/** The positions of each byte's two digits; between them are dashes. */
const positions = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const charCodes = new Array<number>(36).fill('-'.charCodeAt(0));
const idBytes = 16;
const poolSize = idBytes * 256;
/** Filled when an id is first needed: Cloudflare Workers allow no random values while a module loads. */
let pool = new Uint8Array(0);
let used = 0;

/**
 * Makes one random id in the shape of a version 4 UUID, as the event ids of EventBridge are documented to be.
 *
 * @returns The id, from `crypto.getRandomValues`, which also pages without HTTPS have.
 * @throws {Error} when the runtime has no `crypto.getRandomValues`, such as Hermes.
 */
export function randomIds(): string {
  if (used === pool.length) {
    const { crypto } = globalThis;
    if (typeof crypto?.getRandomValues !== 'function') {
      throw new Error(
        'This runtime has no crypto.getRandomValues, which random ids need. Pass a source of ids, createBridge({ ids: () => "…" }), or load a polyfill.',
      );
    }
    pool = crypto.getRandomValues(new Uint8Array(poolSize));
    used = 0;
  }
  used += idBytes;
  return uuid(pool, used - idBytes);
}

/** Like `randomIds`, for ids that nothing relies on, such as those of requests: from `Math.random` where nothing better exists. */
export function requestIds(): string {
  if (typeof globalThis.crypto?.getRandomValues === 'function') return randomIds();
  return uuid(
    Uint8Array.from({ length: idBytes }, () => Math.random() * 256),
    0,
  );
}

function uuid(bytes: Uint8Array, from: number): string {
  for (let i = 0; i < positions.length; i++) {
    let byte = bytes[from + i] as number;
    // The version and the variant of the id.
    if (i === 6) byte = (byte & 0x0f) | 0x40;
    else if (i === 8) byte = (byte & 0x3f) | 0x80;
    const position = positions[i] as number;
    charCodes[position] = hexDigits[byte >> 4] as number;
    charCodes[position + 1] = hexDigits[byte & 15] as number;
  }
  // In one piece: V8 keeps a string that is concatenated as a tree, and ids are kept for long.
  return String.fromCharCode(...charCodes);
}

/** The id of an event that is never sent. */
export const placeholderId = () => '00000000-0000-0000-0000-000000000000';

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
