/** Numbers from 0 up to 1 that are the same in every run: mulberry32. */
export function seededRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of a list. */
export function pick(random, list) {
  return list[integer(random, list.length)];
}

/** A whole number from 0 up to a bound. */
export function integer(random, bound) {
  return Math.floor(random() * bound);
}

/** Letters and digits, as identifiers have them. */
export function code(random, length) {
  let text = '';
  for (let i = 0; i < length; i++) text += 'abcdefghjkmnpqrstuvwxyz23456789'[integer(random, 31)];
  return text;
}
