import { utf8Encoder } from '../../base/utf8.js';
import type { WildcardSegments } from './wildcard.js';

/** The highest score that the service accepts (recorded: `*a*a*a*a*a` scores 10, `*:*:*:*:*:event-bus/*` scores 11). */
export const maxWildcardComplexity = 10;

/** A list of patterns with more reachable sets of states than this counts as too complex. */
const maxSets = 20_000;

/** The wildcards of one matcher: those of an `anything-but` count as one pattern. */
export interface WildcardPattern {
  /** Equal for equal matchers. */
  readonly identity: string;
  readonly wildcards: readonly WildcardSegments[];
}

interface State {
  /** The state of a `*` that comes next: it is entered together with this one. */
  after: State | undefined;
  readonly isStar: boolean;
  readonly next: Map<number, State[]>;
  /** The patterns that this state belongs to. */
  readonly patterns: Set<string>;
}

/**
 * Scores the wildcards of one field as the service does: the largest number of states that one input can be in at the same time.
 *
 * Every byte is a state and every `*` a state that loops. Patterns share the states of equal beginnings up to the first `*`; a
 * state counts once for each pattern. What comes after the first `*` is not shared, even with the same pattern if it is added again; the closing quotes
 * of one pattern are one state.
 *
 * Computes no further than `limit`: a higher score is returned as some number above it.
 */
export function wildcardComplexity(added: readonly WildcardPattern[], limit = maxWildcardComplexity): number {
  const bound = added.reduce((sum, { wildcards }) => sum + upperBound(wildcards), 0);
  if (limit === maxWildcardComplexity && bound <= limit) return bound;
  const bytes = new Set<number>();
  const start = buildAutomaton(added, bytes);
  const seen = new Set<string>();
  const numbers = new Map<State, number>();
  const queue: State[][] = [entered([start])];
  let highest = 0;
  for (let set = queue.pop(); set !== undefined; set = queue.pop()) {
    const key = keyOf(set, numbers);
    if (seen.has(key)) continue;
    seen.add(key);
    highest = Math.max(
      highest,
      set.reduce((sum, state) => sum + state.patterns.size, 0),
    );
    if (highest > limit) return highest;
    if (seen.size > maxSets) return limit + 1;
    for (const byte of bytes) queue.push(entered(step(set, byte)));
  }
  return highest;
}

/**
 * A number that the score cannot exceed: the stars, and for each segment the number of times that it can begin anew within
 * itself. It shows without an automaton that nearly every pattern in use is simple enough.
 */
function upperBound(wildcards: readonly WildcardSegments[]): number {
  return wildcards.reduce(
    (sum, segments) => segments.reduce((within, segment) => within + overlaps(segment), sum + segments.length),
    0,
  );
}

/** The largest number of the segment's beginnings that end at the same place within it (Knuth, Morris and Pratt). */
function overlaps(segment: string): number {
  const bytes = utf8Encoder().encode(segment);
  const border = [0];
  const depth = [1];
  let max = bytes.length > 0 ? 1 : 0;
  for (let i = 1, k = 0; i < bytes.length; i++) {
    while (k > 0 && bytes[i] !== bytes[k]) k = border[k - 1] as number;
    if (bytes[i] === bytes[k]) k++;
    border[i] = k;
    depth[i] = k > 0 ? (depth[k - 1] as number) + 1 : 1;
    max = Math.max(max, depth[i] as number);
  }
  return max;
}

const quote = 0x22;

/** The state after the opening quote of the patterns, which the service's matcher reads with both their quotes. */
function buildAutomaton(added: readonly WildcardPattern[], bytes: Set<number>): State {
  const start = newState(false);
  const ends = new Map<string, State>();
  bytes.add(quote);
  for (const { identity, wildcards } of added) {
    const end = ends.get(identity) ?? newState(false);
    ends.set(identity, end);
    end.patterns.add(identity);
    const distinct = new Map(wildcards.map((segments) => [JSON.stringify(segments), segments]));
    for (const segments of distinct.values()) addWildcard(start, identity, segments, end, bytes);
  }
  return start;
}

/** `end` is the state after the closing quote, which is one for all wildcards of a pattern. */
function addWildcard(start: State, identity: string, segments: WildcardSegments, end: State, bytes: Set<number>): void {
  let state = start;
  state.patterns.add(identity);
  for (const [i, segment] of segments.entries()) {
    if (i > 0) {
      state.after ??= newState(true);
      state = state.after;
      state.patterns.add(identity);
    }
    for (const byte of utf8Encoder().encode(segment)) {
      bytes.add(byte);
      const following = state.next.get(byte) ?? [];
      const next = (i === 0 && following[0]) || newState(false);
      if (!following.includes(next)) state.next.set(byte, [...following, next]);
      state = next;
      state.patterns.add(identity);
    }
  }
  state.next.set(quote, [...(state.next.get(quote) ?? []).filter((known) => known !== end), end]);
}

function newState(isStar: boolean): State {
  return { isStar, next: new Map(), after: undefined, patterns: new Set() };
}

function step(set: readonly State[], byte: number): State[] {
  const next: State[] = [];
  for (const state of set) {
    if (state.isStar) next.push(state);
    const following = state.next.get(byte);
    if (following !== undefined) next.push(...following);
  }
  return next;
}

function entered(set: readonly State[]): State[] {
  const all = new Set(set);
  for (const state of set) if (state.after !== undefined) all.add(state.after);
  return [...all];
}

function keyOf(set: readonly State[], numbers: Map<State, number>): string {
  const ids = set.map((state) => {
    const known = numbers.get(state) ?? numbers.size;
    numbers.set(state, known);
    return known;
  });
  return ids.sort((a, b) => a - b).join();
}
