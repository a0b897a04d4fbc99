import type { EventReader } from './event-reader.js';
import { Matches } from './matches.js';
import type { Placement } from './placement.js';
import type { Rule } from './rule.js';
import type { SharedField } from './shared-field.js';

/** What one match goes by and gathers. */
export class Search<Id> {
  readonly matches = new Matches<Id>();

  constructor(
    readonly event: EventReader,
    /** Marks what has been looked at for this event. */
    readonly mark: number,
  ) {}

  /** `exactly`: the keys that have led to the placement are what the event holds. */
  check({ rule, open }: Placement<Id>, exactly: boolean): void {
    for (let i = 0; i < open.length; i++) if (!(open[i] as SharedField).holds(this.event, this.mark)) return;
    this.verify(rule, exactly && rule.isPlain && !this.event.isNested);
  }

  /** `isDecided`: all that the rule asks for is known to hold. */
  verify(rule: Rule<Id>, isDecided: boolean): void {
    const { event, mark } = this;
    if (rule.isDue(mark) && (isDecided || rule.matches(event, mark))) this.matches.push(rule.id, rule.order);
  }
}
