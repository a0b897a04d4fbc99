import type { FieldValue } from '../language/pattern.js';
import type { EventScope } from './event-scope.js';

/** Several values at one path, in the order of the event. */
export class ManyValues {
  constructor(readonly values: readonly FieldValue[]) {}
}

/** Looks up the values of one event by slot. A slot is read when a rule first needs it. */
export interface EventReader {
  /** Returns the event's values at a slot's path; undefined if it has none. */
  read(slot: number): FieldValue | ManyValues | undefined;
  /** Whether some value at a slot's path is inside an element of an array, where array consistency applies. */
  inArray(slot: number): boolean;
  /** Whether that is true of any slot that was read so far. */
  readonly isNested: boolean;
  /** Every value that a rule may need, in the form that the reference matcher reads. */
  scope(): EventScope;
  /**
   * Returns true if the event has values at a path that were not known when the path was read, because it repeats a name. The
   * reader then starts again, with every value: what was matched has to be matched again.
   */
  foundRepeats(): boolean;
}
