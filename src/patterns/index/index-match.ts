import type { EventReader } from '../readers/event-reader.js';
import { fold } from './anchor.js';
import { Matches } from './matches.js';

/** One search of a rule index for one event. */
export class IndexMatch<Id> extends Matches<Id> {
  #text: string | undefined;
  #folded = '';

  constructor(
    readonly event: EventReader,
    /** Marks what has been visited for this event. */
    readonly mark: number,
  ) {
    super();
  }

  /** A value in the form that tables of folded keys use. */
  fold(text: string): string {
    if (text !== this.#text) {
      this.#text = text;
      this.#folded = fold(text);
    }
    return this.#folded;
  }
}

/** What a key of the index leads to: one rule, or a bucket of rules. */
export interface IndexEntry<Id> {
  /** `exactly`: the keys that led here are all the values that the event has at their paths. */
  match(search: IndexMatch<Id>, exactly: boolean): void;
  /** The rule here, if the keys that lead here are its only conditions and it has no other placement. */
  readonly fullyKeyedRule: { readonly id: Id; readonly rank: number } | undefined;
}
