import type { Placement } from './placement.js';

/** Verifying this many rules takes about as long as looking a value up. */
const worthwhile = 2;

/** A slot is to spare at least this share of what is filed by it, or buckets would stand in one another without end. */
export const leastShare = 1 / 8;

interface Tally {
  placements: number;
  /** How often each key occurs. */
  readonly keys: Map<string, number>;
}

/**
 * The slots by which to file these placements, and what each gains: the rules that ask something of it, less how many of them
 * an event would find together under one key. One slot if it takes a good part of them away, as then the others are to be
 * looked at again; else all that are worth looking their values up; empty if none is.
 */
export function chooseSlots<Id>(
  placements: readonly Placement<Id>[],
  used: readonly number[],
): ReadonlyMap<number, number> {
  const gains = new Map<number, number>();
  let best = -1;
  let most = 0;
  for (const [slot, tally] of tallySlots(placements, used)) {
    const gain = tally.placements - togetherIn(tally);
    if (gain <= Math.max(worthwhile, tally.placements * leastShare)) continue;
    gains.set(slot, gain);
    if (gain > most) {
      most = gain;
      best = slot;
    }
  }
  return most > placements.length * leastShare ? new Map([[best, most]]) : gains;
}

function tallySlots<Id>(placements: readonly Placement<Id>[], used: readonly number[]): ReadonlyMap<number, Tally> {
  const tallies = new Map<number, Tally>();
  for (const placement of placements) {
    for (const field of placement.fields) {
      const { slot } = field;
      if (used.includes(slot)) continue;
      const tally = tallies.get(slot) ?? { placements: 0, keys: new Map() };
      tallies.set(slot, tally);
      tally.placements++;
      for (const { part, folded, key } of field.anchors()) {
        const name = `${part} ${folded} ${typeof key} ${key}`;
        tally.keys.set(name, (tally.keys.get(name) ?? 0) + 1);
      }
    }
  }
  return tallies;
}

/** How many placements share a key with one that is picked at random, itself among them. */
function togetherIn({ keys }: Tally): number {
  let all = 0;
  let squares = 0;
  for (const count of keys.values()) {
    all += count;
    squares += count * count;
  }
  return squares / all;
}
