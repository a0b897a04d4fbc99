import type { Placement } from './placement.js';

/** Verifying this many rules takes about as long as looking a value up. */
const worthwhile = 2;

interface Tally {
  placements: number;
  /** How often each key occurs. */
  readonly keys: Map<string, number>;
}

/**
 * The slot whose keys divide these placements best: the most rules filed by it, less how many an event would find together
 * under one key. Undefined if no slot would take enough of them away to be worth looking its value up.
 */
export function chooseSlot<Id>(placements: readonly Placement<Id>[], used: readonly number[]): number | undefined {
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
  let best: number | undefined;
  let most = Math.max(worthwhile, placements.length / 8);
  for (const [slot, tally] of tallies) {
    const gain = tally.placements - togetherIn(tally);
    if (gain > most) {
      most = gain;
      best = slot;
    }
  }
  return best;
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
