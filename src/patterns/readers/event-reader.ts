import type { FieldValue } from '../language/pattern.js';
import type { EventScope } from '../reference/event-scope.js';

/** Several values of one path, in the order of the event. */
export class ManyValues {
  constructor(readonly values: readonly FieldValue[]) {}
}

/** An event from which an index reads the fields that its rules ask for, each when it is first asked for. */
export interface EventReader {
  /** What the event holds at a slot's path; undefined where it holds nothing. */
  read(slot: number): FieldValue | ManyValues | undefined;
  /** Whether some value at a slot's path lies inside an element of an array, where array consistency applies. */
  inArray(slot: number): boolean;
  /** Whether that is so for any slot that was read so far. */
  readonly isNested: boolean;
  /** All wanted fields as the reference matcher reads them. */
  scope(): EventScope;
}
