import type { Placement } from './placement.js';

/** Verifying this many rules takes about as long as looking a value up. */
const minRules = 2;

/** A slot must exclude at least this share of the rules indexed by it: otherwise buckets would nest without end. */
export const minShare = 1 / 8;

interface SlotCounts {
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
  usedSlots: readonly number[],
): ReadonlyMap<number, number> {
  const gains = new Map<number, number>();
  let best = -1;
  let maxGain = 0;
  for (const [slot, counts] of countSlots(placements, usedSlots)) {
    const gain = counts.placements - collisions(counts);
    if (gain <= Math.max(minRules, counts.placements * minShare)) continue;
    gains.set(slot, gain);
    if (gain > maxGain) {
      maxGain = gain;
      best = slot;
    }
  }
  return maxGain > placements.length * minShare ? new Map([[best, maxGain]]) : gains;
}

function countSlots<Id>(
  placements: readonly Placement<Id>[],
  usedSlots: readonly number[],
): ReadonlyMap<number, SlotCounts> {
  const countsBySlot = new Map<number, SlotCounts>();
  for (const placement of placements) {
    for (const field of placement.fields) {
      const { slot } = field;
      if (usedSlots.includes(slot)) continue;
      const counts = countsBySlot.get(slot) ?? { placements: 0, keys: new Map() };
      countsBySlot.set(slot, counts);
      counts.placements++;
      for (const { part, folded, key } of field.anchors()) {
        const name = `${part} ${folded} ${typeof key} ${key}`;
        counts.keys.set(name, (counts.keys.get(name) ?? 0) + 1);
      }
    }
  }
  return countsBySlot;
}

/** Returns how many placements share a key with a random one, including itself. */
function collisions({ keys }: SlotCounts): number {
  let all = 0;
  let squares = 0;
  for (const count of keys.values()) {
    all += count;
    squares += count * count;
  }
  return squares / all;
}
