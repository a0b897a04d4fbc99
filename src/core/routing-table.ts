import { Fifo } from '../base/fifo.js';
import { type Address, type Recipient, RecipientQueue } from '../delivery/recipient.js';
import type { ArchiveSink, Route, RuleRoute, SubscriptionRoute } from '../delivery/route.js';
import type { BusEvent } from '../events/bus-event.js';
import { isReadOnlyManagementEvent } from '../events/read-only-event.js';
import type { EventMatcher } from '../patterns/index/event-matcher.js';
import { requirePattern } from '../patterns/language/parse-pattern.js';
import type { EventPattern } from '../patterns/language/pattern.js';

/** A rule, as the table takes it. */
export interface RuleOnBus {
  readonly name: string;
  /** `undefined` if it is disabled, or has only a schedule. */
  readonly pattern: string | undefined;
  /** The recipients that it has from now on; those that it has already if absent. A target keeps its queue while its Id stays. */
  readonly recipients: ((queueOf: (targetId: string) => RecipientQueue) => readonly Recipient[]) | undefined;
  /** Whether it gets read-only management events as well. */
  readonly receivesReadOnlyEvents: boolean;
  readonly archiveSink: ArchiveSink | undefined;
}

interface BusRoutingTable {
  /** The enabled rules that have a pattern, and the subscriptions. */
  readonly index: EventMatcher<Route>;
  readonly rules: Map<string, RuleRoute>;
  readonly subscriptions: Set<SubscriptionRoute>;
}

const maxRemovedRecipients = 1000;

/** For each bus, who gets which event: derived from the records, and changed with them. */
export class RoutingTable {
  readonly #buses = new Map<string, BusRoutingTable>();
  readonly #createMatcher: () => EventMatcher<Route>;
  readonly #removed = new Fifo<Address>();
  #parsed: EventPattern | undefined;

  constructor(createMatcher: () => EventMatcher<Route>) {
    this.#createMatcher = createMatcher;
  }

  /** Remembers a pattern that was parsed, for the rule that it is then put with. */
  remember(parsed: EventPattern): void {
    this.#parsed = parsed;
  }

  hasBus(bus: string): boolean {
    return this.#buses.has(bus);
  }

  addBus(bus: string): void {
    this.#buses.set(bus, { index: this.#createMatcher(), rules: new Map(), subscriptions: new Set() });
  }

  /** The rules and subscriptions of a bus go with it; deliveries on their way go on. */
  removeBus(bus: string): void {
    for (const { recipients } of this.subscriptions(bus)) this.#rememberRemoved(recipients);
    this.#buses.delete(bus);
  }

  /** Who an event is for; `undefined` if its bus does not exist. */
  match(event: BusEvent): readonly Route[] | undefined {
    const bus = this.#buses.get(event.bus);
    const matching = receivers(event, bus?.index.match(event.fields, event.detail));
    if (event.scheduledBy === undefined || matching === undefined) return matching;
    const scheduledRoute = bus?.rules.get(event.scheduledBy);
    return scheduledRoute === undefined || matching.includes(scheduledRoute) ? matching : [scheduledRoute, ...matching];
  }

  /** The recipient that a target of a rule is now, if there is one. */
  recipient(bus: string, rule: string, targetId: string): Recipient | undefined {
    const recipients = this.#buses.get(bus)?.rules.get(rule)?.recipients ?? [];
    return recipients.find(({ address }) => address.kind === 'target' && address.targetId === targetId);
  }

  subscriptions(bus: string): Iterable<SubscriptionRoute> {
    return this.#buses.get(bus)?.subscriptions ?? [];
  }

  /** The last thousand targets and subscriptions that were removed: what asks about them has not misspelt them. */
  get gone(): readonly Address[] {
    return this.#removed.items();
  }

  /** Throws InvalidEventPatternException. The bus must exist. */
  subscribe(bus: string, route: SubscriptionRoute, parsed = requirePattern(route.pattern)): void {
    const routes = this.#bus(bus);
    routes.index.addParsed(route, parsed);
    routes.subscriptions.add(route);
  }

  /** A bus that was deleted has taken its subscriptions with it. */
  unsubscribe(bus: string, route: SubscriptionRoute): void {
    const routes = this.#buses.get(bus);
    if (!routes?.subscriptions.delete(route)) return;
    routes.index.delete(route);
    this.#rememberRemoved(route.recipients);
  }

  /** Adds a rule, or replaces the one of its name. The bus must exist. */
  putRule(bus: string, { name, pattern, recipients: make, receivesReadOnlyEvents, archiveSink }: RuleOnBus): void {
    const { index, rules } = this.#bus(bus);
    const old = rules.get(name);
    const recipients = old !== undefined && make === undefined ? old.recipients : (make?.(queuesOf(old)) ?? []);
    if (old !== undefined && old.recipients !== recipients) this.#rememberRemoved(old.recipients, recipients);
    if (old !== undefined && old.pattern === pattern) {
      Object.assign(old, { recipients, receivesReadOnlyEvents, archiveSink });
      return;
    }
    // A new route, not the old one again: until the new pattern stands in the index the old one must.
    const route: RuleRoute = { kind: 'rule', name, pattern, recipients, receivesReadOnlyEvents, archiveSink };
    if (pattern !== undefined)
      index.addParsed(route, this.#parsed?.text === pattern ? this.#parsed : requirePattern(pattern));
    if (old !== undefined) index.delete(old);
    rules.set(name, route);
  }

  removeRule(bus: string, name: string): void {
    const { index, rules } = this.#bus(bus);
    const route = rules.get(name);
    if (route !== undefined) {
      index.delete(route);
      this.#rememberRemoved(route.recipients);
    }
    rules.delete(name);
  }

  #rememberRemoved(before: Iterable<Recipient>, after: readonly Recipient[] = []): void {
    const remaining = new Set(after.map(({ address }) => keyOf(address)));
    for (const { address } of before) if (!remaining.has(keyOf(address))) this.#removed.add(address);
    while (this.#removed.size > maxRemovedRecipients) this.#removed.dequeue();
  }

  #bus(bus: string): BusRoutingTable {
    const routes = this.#buses.get(bus);
    if (routes === undefined) throw new Error(`There is no bus ${bus}.`);
    return routes;
  }
}

/** Rules do not get read-only management events unless their state says so; subscriptions do. */
function receivers(event: BusEvent, matching: readonly Route[] | undefined): readonly Route[] | undefined {
  if (matching === undefined || matching.length === 0 || !isReadOnlyManagementEvent(event)) return matching;
  return matching.filter((route) => route.kind === 'subscription' || route.receivesReadOnlyEvents);
}

function queuesOf(rule: RuleRoute | undefined): (targetId: string) => RecipientQueue {
  const lanes = new Map<string, RecipientQueue>();
  for (const { address, recipientQueue } of rule?.recipients ?? []) {
    if (address.kind === 'target') lanes.set(address.targetId, recipientQueue);
  }
  return (targetId) => lanes.get(targetId) ?? new RecipientQueue();
}

function keyOf(address: Address): string {
  return address.kind === 'subscription' ? address.subscription : `${address.targetId} ${address.arn}`;
}
