import type { Placement } from './placement.js';

interface Tally {
  placements: number;
  /** How often each key occurs. */
  readonly keys: Map<string, number>;
}

/**
 * The slot whose keys divide these placements best: the most rules filed by it, less how many an event would find together
 * under one key. Undefined if no slot would take away at least a third of them.
 */
export function chooseSlot<Entry>(
  placements: readonly Placement<Entry>[],
  used: ReadonlySet<number>,
): number | undefined {
  const tallies = new Map<number, Tally>();
  for (const placement of placements) {
    for (const { slot, anchors } of placement.fields) {
      if (used.has(slot) || anchors === undefined) continue;
      const tally = tallies.get(slot) ?? { placements: 0, keys: new Map() };
      tallies.set(slot, tally);
      tally.placements++;
      for (const { kind, key } of anchors) {
        const name = `${kind} ${typeof key} ${key}`;
        tally.keys.set(name, (tally.keys.get(name) ?? 0) + 1);
      }
    }
  }
  let best: number | undefined;
  let most = placements.length / 3;
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
