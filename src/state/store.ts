import type { BusRecord } from './bus-record.js';
import type { RuleRecord } from './rule-record.js';
import type { TargetRecord } from './target-record.js';

/** What must hear of a change because it is derived from the records. */
export interface StoreListener {
  busAdded(bus: string): void;
  /** Called before the record is filed: what it throws, the change fails with. */
  ruleChanged(before: RuleRecord | undefined, after: RuleRecord): void;
  ruleDeleted(rule: RuleRecord): void;
  targetsChanged(rule: RuleRecord, targets: readonly TargetRecord[]): void;
}

interface BusState {
  readonly record: BusRecord;
  readonly rules: Map<string, RuleRecord>;
  /** By rule name; a rule without targets has no entry. */
  readonly targets: Map<string, readonly TargetRecord[]>;
}

/** Frozen records in plain Maps: a change replaces one record, and tells the listener. */
export class Store {
  readonly #buses = new Map<string, BusState>();
  readonly #listener: StoreListener;

  constructor(listener: StoreListener) {
    this.#listener = listener;
  }

  get busCount(): number {
    return this.#buses.size;
  }

  bus(name: string): BusRecord | undefined {
    return this.#buses.get(name)?.record;
  }

  addBus(record: BusRecord): void {
    this.#buses.set(record.Name, { record, rules: new Map(), targets: new Map() });
    this.#listener.busAdded(record.Name);
  }

  /** The rules of a bus by name, in the order they were made. */
  rules(bus: string): ReadonlyMap<string, RuleRecord> {
    return this.#state(bus).rules;
  }

  putRule(record: RuleRecord): void {
    const { rules } = this.#state(record.EventBusName);
    const before = rules.get(record.Name);
    if (before === record) return;
    this.#listener.ruleChanged(before, record);
    rules.set(record.Name, record);
  }

  deleteRule(bus: string, name: string): void {
    const { rules, targets } = this.#state(bus);
    const before = rules.get(name);
    if (before === undefined) return;
    this.#listener.ruleDeleted(before);
    rules.delete(name);
    targets.delete(name);
  }

  targets(rule: RuleRecord): readonly TargetRecord[] {
    return this.#state(rule.EventBusName).targets.get(rule.Name) ?? [];
  }

  setTargets(rule: RuleRecord, list: readonly TargetRecord[]): void {
    const { targets } = this.#state(rule.EventBusName);
    if (list.length === 0) targets.delete(rule.Name);
    else targets.set(rule.Name, list);
    this.#listener.targetsChanged(rule, list);
  }

  #state(bus: string): BusState {
    const state = this.#buses.get(bus);
    if (state === undefined) throw new Error(`There is no bus ${bus}.`);
    return state;
  }
}
