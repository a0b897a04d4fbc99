import type { ApiDestinationRecord } from '../resources/api-destinations/api-destination-record.js';
import type { ArchiveRecord } from '../resources/archives/archive-record.js';
import type { ConnectionRecord } from '../resources/connections/connection-record.js';
import type { BusRecord } from '../resources/event-buses/event-bus-record.js';
import type { ReplayRecord } from '../resources/replays/replay-record.js';
import type { RuleRecord } from '../resources/rules/rule-record.js';
import { type ChangeListener, Collection } from './collections.js';

/** What must hear of a change because it is derived from the records. */
export interface StoreListener {
  readonly busChanging: ChangeListener<BusRecord>;
  readonly ruleChanging: ChangeListener<RuleRecord>;
  readonly archiveChanging: ChangeListener<ArchiveRecord>;
}

/** All that the operations of one bridge keep: one collection for each kind of resource, rules in one for each bus. */
export class Store {
  readonly buses: Collection<BusRecord>;
  readonly connections = new Collection<ConnectionRecord>();
  readonly apiDestinations = new Collection<ApiDestinationRecord>();
  readonly archives: Collection<ArchiveRecord>;
  readonly replays = new Collection<ReplayRecord>();
  readonly #rules = new Map<string, Collection<RuleRecord>>();

  constructor(listener: StoreListener) {
    const ruleChanging: ChangeListener<RuleRecord> = (before, after) => listener.ruleChanging(before, after);
    this.archives = new Collection((before, after) => listener.archiveChanging(before, after));
    this.buses = new Collection((before, after) => {
      listener.busChanging(before, after);
      if (before === undefined && after !== undefined) this.#rules.set(after.Name, new Collection(ruleChanging));
      // Its rules go with it, untold: what is derived from them is derived from the bus.
      if (before !== undefined && after === undefined) this.#rules.delete(before.Name);
    });
  }

  /** The rules of a bus, which must exist. */
  rules(bus: string): Collection<RuleRecord> {
    const rules = this.#rules.get(bus);
    if (rules === undefined) throw new Error(`There is no bus ${bus}.`);
    return rules;
  }
}
