import type { ApiDestinationRecord } from './api-destination-record.js';
import type { ArchiveRecord } from './archive-record.js';
import type { BusRecord } from './bus-record.js';
import { type ChangeListener, Collection } from './collection.js';
import type { ConnectionRecord } from './connection-record.js';
import type { ReplayRecord } from './replay-record.js';
import type { RuleRecord } from './rule-record.js';

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
