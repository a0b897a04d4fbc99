import type { EventPattern } from '../language/pattern.js';

/** Finds the patterns that match an event: `RuleIndex` among many, `SmallRuleIndex` among few. */
export interface EventMatcher<Id> {
  /** The number of ids. */
  readonly size: number;
  /** Adds a pattern. With several patterns under one id any of them may match. */
  add(id: Id, pattern: string | object): void;
  /** Adds a pattern that has been parsed. */
  addParsed(id: Id, pattern: EventPattern): void;
  /** Removes every pattern of an id. Returns whether there were any. */
  delete(id: Id): boolean;
  /** The ids of the patterns that match, in the order of adding. `detail` is the text of the event's `detail`. */
  match(event: string | object, detail?: string): Id[];
}
