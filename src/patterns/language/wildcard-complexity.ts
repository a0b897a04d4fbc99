import type { WildcardSegments } from './wildcard.js';

/** The most that the service accepts: recorded, score 10 (`*a*a*a*a*a`) passes and 11 (`*:*:*:*:*:event-bus/*`) does not. */
export const maxWildcardComplexity = 10;

/** Beyond this many reachable sets a list of patterns counts as too complex, whatever its score. */
const maxSets = 20_000;

interface State {
  readonly star: boolean;
  readonly next: Map<number, State>;
  /** The state of a `*` that follows at once: it is entered together with this one. */
  after: State | undefined;
  /** How many of the patterns this state leads to. */
  patterns: number;
}

/**
 * How many states one input can be in at once, when the wildcard patterns of one field are read as one automaton: every
 * byte a state, every `*` a state that loops, equal beginnings shared, and each state counted once for each pattern that it
 * leads to. Computes no further than `limit`: a higher score comes back as some number above it.
 */
export function wildcardComplexity(patterns: readonly WildcardSegments[], limit = maxWildcardComplexity): number {
  const bound = patterns.reduce((sum, segments) => sum + upperBound(segments), 0);
  if (limit === maxWildcardComplexity && bound <= limit) return bound;
  const bytes = new Set<number>();
  const start = automaton(patterns, bytes);
  const seen = new Set<string>();
  const numbers = new Map<State, number>();
  const queue: State[][] = [entered([start])];
  let highest = 0;
  for (let set = queue.pop(); set !== undefined; set = queue.pop()) {
    const key = nameOf(set, numbers);
    if (seen.has(key)) continue;
    seen.add(key);
    highest = Math.max(
      highest,
      set.reduce((sum, state) => sum + state.patterns, 0),
    );
    if (highest > limit) return highest;
    if (seen.size > maxSets) return limit + 1;
    for (const byte of bytes) queue.push(entered(step(set, byte)));
  }
  return highest;
}

/**
 * What a pattern's score cannot exceed: its stars, and for each segment as many states as the segment can be begun anew
 * within itself. Nearly every pattern in use is known to be simple enough by this alone.
 */
function upperBound(segments: WildcardSegments): number {
  const stars = segments.length - 1;
  return segments.reduce((sum, segment) => sum + overlaps(segment), stars + 1);
}

/** The most ends that the segment's beginnings have in common with it at one place, by Knuth, Morris and Pratt. */
function overlaps(segment: string): number {
  const bytes = encoder.encode(segment);
  const border = [0];
  const depth = [1];
  let most = bytes.length > 0 ? 1 : 0;
  for (let i = 1, k = 0; i < bytes.length; i++) {
    while (k > 0 && bytes[i] !== bytes[k]) k = border[k - 1] as number;
    if (bytes[i] === bytes[k]) k++;
    border[i] = k;
    depth[i] = k > 0 ? (depth[k - 1] as number) + 1 : 1;
    most = Math.max(most, depth[i] as number);
  }
  return most;
}

const encoder = new TextEncoder();
const quote = 0x22;

/** The patterns with both their quotes, as the service's matcher reads them. */
function automaton(patterns: readonly WildcardSegments[], bytes: Set<number>): State {
  const root = newState(false);
  const distinct = new Map(patterns.map((segments) => [JSON.stringify(segments), segments]));
  for (const segments of distinct.values()) {
    let state = root;
    const visit = (next: State): void => {
      state = next;
      state.patterns++;
    };
    const read = (byte: number): void => {
      bytes.add(byte);
      let next = state.next.get(byte);
      if (next === undefined) {
        next = newState(false);
        state.next.set(byte, next);
      }
      visit(next);
    };
    read(quote);
    for (const [i, segment] of segments.entries()) {
      if (i > 0) {
        state.after ??= newState(true);
        visit(state.after);
      }
      for (const byte of encoder.encode(segment)) read(byte);
    }
    read(quote);
  }
  return root.next.get(quote) ?? root;
}

function newState(star: boolean): State {
  return { star, next: new Map(), after: undefined, patterns: 0 };
}

function step(set: readonly State[], byte: number): State[] {
  const next: State[] = [];
  for (const state of set) {
    if (state.star) next.push(state);
    const to = state.next.get(byte);
    if (to !== undefined) next.push(to);
  }
  return next;
}

function entered(set: readonly State[]): State[] {
  const all = new Set(set);
  for (const state of set) if (state.after !== undefined) all.add(state.after);
  return [...all];
}

function nameOf(set: readonly State[], numbers: Map<State, number>): string {
  const ids = set.map((state) => {
    const known = numbers.get(state) ?? numbers.size;
    numbers.set(state, known);
    return known;
  });
  return ids.sort((a, b) => a - b).join();
}
