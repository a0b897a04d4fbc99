import { Lane, type Recipient } from '../delivery/recipient.js';
import type { BusEvent } from '../events/bus-event.js';
import { RuleIndex } from '../patterns/rule-index.js';
import type { RuleRecord } from '../state/rule-record.js';
import type { StoreListener } from '../state/store.js';
import type { TargetRecord } from '../state/target-record.js';
import type { Route, RuleRoute, SubscriptionRoute } from './route.js';

/** Makes a recipient of a target. */
export type RecipientFor = (rule: RuleRecord, target: TargetRecord, lane: Lane) => Recipient;

interface BusRoutes {
  /** The enabled rules that have a pattern, and the subscriptions. */
  readonly index: RuleIndex<Route>;
  readonly rules: Map<string, RuleRoute>;
  readonly subscriptions: Set<SubscriptionRoute>;
}

/** For each bus, who gets which event: derived from the records, and changed with them. */
export class Routes implements StoreListener {
  readonly #buses = new Map<string, BusRoutes>();
  readonly #recipientFor: RecipientFor;

  constructor(recipientFor: RecipientFor) {
    this.#recipientFor = recipientFor;
  }

  /** Whom an event is for; `undefined` if its bus does not exist. */
  match(event: BusEvent): readonly Route[] | undefined {
    const bus = this.#buses.get(event.bus);
    const matching = bus?.index.match(event.head, event.detail);
    if (event.scheduledBy === undefined || matching === undefined) return matching;
    const own = bus?.rules.get(event.scheduledBy);
    return own === undefined || matching.includes(own) ? matching : [own, ...matching];
  }

  subscriptions(bus: string): Iterable<SubscriptionRoute> {
    return this.#buses.get(bus)?.subscriptions ?? [];
  }

  /** Throws InvalidEventPatternException. The bus must exist. */
  subscribe(bus: string, route: SubscriptionRoute): void {
    const routes = this.#bus(bus);
    routes.index.add(route, route.pattern);
    routes.subscriptions.add(route);
  }

  unsubscribe(bus: string, route: SubscriptionRoute): void {
    const routes = this.#bus(bus);
    if (routes.subscriptions.delete(route)) routes.index.delete(route);
  }

  busAdded(bus: string): void {
    this.#buses.set(bus, { index: new RuleIndex(), rules: new Map(), subscriptions: new Set() });
  }

  ruleChanged(before: RuleRecord | undefined, after: RuleRecord): void {
    const { index, rules } = this.#bus(after.EventBusName);
    const old = rules.get(after.Name);
    const pattern = matchedPattern(after);
    if (before !== undefined && matchedPattern(before) === pattern) return;
    // A new route, not the old one again: until the new pattern stands in the index the old one must.
    const route: RuleRoute = { kind: 'rule', name: after.Name, recipients: old?.recipients ?? [] };
    if (pattern !== undefined) index.add(route, pattern);
    if (old !== undefined) index.delete(old);
    rules.set(after.Name, route);
  }

  ruleDeleted(rule: RuleRecord): void {
    const { index, rules } = this.#bus(rule.EventBusName);
    const route = rules.get(rule.Name);
    if (route !== undefined) index.delete(route);
    rules.delete(rule.Name);
  }

  targetsChanged(rule: RuleRecord, targets: readonly TargetRecord[]): void {
    const route = this.#bus(rule.EventBusName).rules.get(rule.Name);
    if (route === undefined) return;
    const lanes = new Map<string, Lane>();
    for (const { address, lane } of route.recipients) if (address.kind === 'target') lanes.set(address.targetId, lane);
    route.recipients = targets.map((target) => this.#recipientFor(rule, target, lanes.get(target.Id) ?? new Lane()));
  }

  #bus(bus: string): BusRoutes {
    const routes = this.#buses.get(bus);
    if (routes === undefined) throw new Error(`There is no bus ${bus}.`);
    return routes;
  }
}

/** The pattern under which a rule stands in the index, if it stands there. */
function matchedPattern(rule: RuleRecord): string | undefined {
  return rule.State === 'DISABLED' ? undefined : rule.EventPattern;
}
