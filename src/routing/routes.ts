import { Fifo } from '../base/fifo.js';
import { type Address, type Recipient, RecipientQueue } from '../delivery/recipient.js';
import type { BusEvent } from '../events/bus-event.js';
import { RuleIndex } from '../patterns/index/rule-index.js';
import type { BusRecord } from '../state/bus-record.js';
import type { RuleRecord } from '../state/rule-record.js';
import type { StoreListener } from '../state/store.js';
import type { TargetRecord } from '../state/target-record.js';
import type { Keep, Route, RuleRoute, SubscriptionRoute } from './route.js';

/** Makes a recipient of a target. */
export type RecipientFor = (rule: RuleRecord, target: TargetRecord, recipientQueue: RecipientQueue) => Recipient;

/** How events get into the archive that a rule feeds; `undefined` for every other rule. */
export type KeepFor = (rule: RuleRecord) => Keep | undefined;

interface BusRoutes {
  /** The enabled rules that have a pattern, and the subscriptions. */
  readonly index: RuleIndex<Route>;
  readonly rules: Map<string, RuleRoute>;
  readonly subscriptions: Set<SubscriptionRoute>;
}

const mostGone = 1000;

/** For each bus, who gets which event: derived from the records, and changed with them. */
export class Routes implements Pick<StoreListener, 'busChanging' | 'ruleChanging'> {
  readonly #buses = new Map<string, BusRoutes>();
  readonly #recipientFor: RecipientFor;
  readonly #keepFor: KeepFor;
  readonly #gone = new Fifo<Address>();

  constructor(recipientFor: RecipientFor, keepFor: KeepFor) {
    this.#recipientFor = recipientFor;
    this.#keepFor = keepFor;
  }

  /** Whom an event is for; `undefined` if its bus does not exist. */
  match(event: BusEvent): readonly Route[] | undefined {
    const bus = this.#buses.get(event.bus);
    const matching = bus?.index.match(event.head, event.detail);
    if (event.scheduledBy === undefined || matching === undefined) return matching;
    const own = bus?.rules.get(event.scheduledBy);
    return own === undefined || matching.includes(own) ? matching : [own, ...matching];
  }

  /** Whom deliveries to a target of a rule are for now, if there is one. */
  recipient(bus: string, rule: string, targetId: string): Recipient | undefined {
    const recipients = this.#buses.get(bus)?.rules.get(rule)?.recipients ?? [];
    return recipients.find(({ address }) => address.kind === 'target' && address.targetId === targetId);
  }

  subscriptions(bus: string): Iterable<SubscriptionRoute> {
    return this.#buses.get(bus)?.subscriptions ?? [];
  }

  /** Who were targets or subscriptions and left, the last thousand: what asks about them has not misspelt them. */
  get gone(): readonly Address[] {
    return this.#gone.items();
  }

  /** Throws InvalidEventPatternException. The bus must exist. */
  subscribe(bus: string, route: SubscriptionRoute): void {
    const routes = this.#bus(bus);
    routes.index.add(route, route.pattern);
    routes.subscriptions.add(route);
  }

  /** A bus that was deleted has taken its subscriptions with it. */
  unsubscribe(bus: string, route: SubscriptionRoute): void {
    const routes = this.#buses.get(bus);
    if (!routes?.subscriptions.delete(route)) return;
    routes.index.delete(route);
    this.#rememberGone(route.recipients);
  }

  /** What a bus has filed here goes with it; deliveries on their way go on. */
  busChanging(before: BusRecord | undefined, after: BusRecord | undefined): void {
    if (before !== undefined && after !== undefined) return;
    if (after !== undefined) {
      this.#buses.set(after.Name, { index: new RuleIndex(), rules: new Map(), subscriptions: new Set() });
    } else if (before !== undefined) {
      for (const { recipients } of this.subscriptions(before.Name)) this.#rememberGone(recipients);
      this.#buses.delete(before.Name);
    }
  }

  ruleChanging(before: RuleRecord | undefined, after: RuleRecord | undefined): void {
    if (after !== undefined) this.#file(before, after);
    else if (before !== undefined) this.#remove(before);
  }

  #file(before: RuleRecord | undefined, after: RuleRecord): void {
    const { index, rules } = this.#bus(after.EventBusName);
    const old = rules.get(after.Name);
    const pattern = matchedPattern(after);
    const keep = this.#keepFor(after);
    const recipients =
      old !== undefined && before?.Targets === after.Targets ? old.recipients : this.#recipientsOf(after, keep, old);
    if (old !== undefined && old.recipients !== recipients) this.#rememberGone(old.recipients, recipients);
    if (old !== undefined && before !== undefined && matchedPattern(before) === pattern) {
      Object.assign(old, { recipients, keep });
      return;
    }
    // A new route, not the old one again: until the new pattern stands in the index the old one must.
    const route: RuleRoute = { kind: 'rule', name: after.Name, pattern, recipients, keep };
    if (pattern !== undefined) index.add(route, pattern);
    if (old !== undefined) index.delete(old);
    rules.set(after.Name, route);
  }

  #remove(rule: RuleRecord): void {
    const { index, rules } = this.#bus(rule.EventBusName);
    const route = rules.get(rule.Name);
    if (route !== undefined) {
      index.delete(route);
      this.#rememberGone(route.recipients);
    }
    rules.delete(rule.Name);
  }

  /** A target keeps its queue as long as its Id stays. */
  #recipientsOf(rule: RuleRecord, keep: Keep | undefined, old: RuleRoute | undefined): readonly Recipient[] {
    if (keep !== undefined) return [];
    const queues = new Map<string, RecipientQueue>();
    for (const { address, recipientQueue } of old?.recipients ?? []) {
      if (address.kind === 'target') queues.set(address.targetId, recipientQueue);
    }
    return rule.Targets.map((target) =>
      this.#recipientFor(rule, target, queues.get(target.Id) ?? new RecipientQueue()),
    );
  }

  #rememberGone(before: Iterable<Recipient>, after: readonly Recipient[] = []): void {
    const left = new Set(after.map(({ address }) => keyOf(address)));
    for (const { address } of before) if (!left.has(keyOf(address))) this.#gone.add(address);
    while (this.#gone.size > mostGone) this.#gone.take();
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

function keyOf(address: Address): string {
  return address.kind === 'subscription' ? address.subscription : `${address.targetId} ${address.arn}`;
}
