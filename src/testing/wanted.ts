import type { BusEvent } from '../events/bus-event.js';
import type { Mismatch } from './compare-values.js';

/** What an event is to be like. */
export interface Wanted {
  /** What the description is called: `pattern` or `values`. */
  readonly label: string;
  /** It in words, a condition a line. */
  readonly description: readonly string[];
  fits(event: BusEvent): boolean;
  /** Why an event does not fit; empty if it does. */
  mismatches(event: BusEvent): readonly Mismatch[];
  /** What may have been meant instead, for an assertion that fails. */
  readonly advice?: string | undefined;
}

/** Whatever the event is. */
export const anyEvent: Wanted = { label: '', description: [], fits: () => true, mismatches: () => [] };
