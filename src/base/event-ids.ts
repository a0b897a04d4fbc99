const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const dashAfter = new Set([3, 5, 7, 9]);
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
  let id = '';
  for (let i = 0; i < 16; i++) {
    let byte = pool[used + i] as number;
    if (i === 6) byte = (byte & 0x0f) | 0x40;
    if (i === 8) byte = (byte & 0x3f) | 0x80;
    id += hex[byte];
    if (dashAfter.has(i)) id += '-';
  }
  used += 16;
  return id;
}

/**
 * Makes a source of ids that count up: `00000000-0000-0000-0000-000000000001`, `…2`, and so on. For tests that
 * compare whole events.
 */
export function sequentialIds(): () => string {
  let last = 0;
  return () => `00000000-0000-0000-0000-${String(++last).padStart(12, '0')}`;
}
