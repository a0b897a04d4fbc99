const hexDigits = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const dash = '-'.charCodeAt(0);
const dashBefore = new Set([4, 6, 8, 10]);
const poolSize = 16 * 256;
let pool: Uint8Array = new Uint8Array(0);
let used = 0;
const units: number[] = [];

/**
 * Makes one random id in the shape of a version 4 UUID, as the event ids of EventBridge are documented to be.
 * Uses `crypto.getRandomValues`, which every runtime has, also on pages without HTTPS.
 */
export function randomIds(): string {
  if (used === pool.length) {
    pool = crypto.getRandomValues(new Uint8Array(poolSize));
    used = 0;
  }
  units.length = 0;
  for (let i = 0; i < 16; i++) {
    let byte = pool[used + i] as number;
    if (i === 6) byte = (byte & 0x0f) | 0x40;
    if (i === 8) byte = (byte & 0x3f) | 0x80;
    if (dashBefore.has(i)) units.push(dash);
    units.push(hexDigits[byte >> 4] as number, hexDigits[byte & 15] as number);
  }
  used += 16;
  // At once: a text that is added up piece by piece is kept in pieces, and ids are kept for long.
  return String.fromCharCode(...units);
}

/**
 * Makes a source of ids that count up: `00000000-0000-0000-0000-000000000001`, `…2`, and so on. For tests that
 * compare whole events.
 */
export function sequentialIds(): () => string {
  let last = 0;
  return () => `00000000-0000-0000-0000-${String(++last).padStart(12, '0')}`;
}
