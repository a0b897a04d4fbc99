import { Fifo } from '../base/fifo.js';
import { type Address, Lane, type Recipient } from '../delivery/recipient.js';
import type { BusEvent } from '../events/bus-event.js';
import type { TargetRecord } from '../model/target.js';
import { RuleIndex } from '../patterns/index/rule-index.js';
import type { BusRecord } from '../resources/event-buses/event-bus-record.js';
import type { RuleRecord } from '../resources/rules/rule-record.js';
import type { StoreListener } from './old-store.js';

/** Where the index sends a matching event: the targets of a rule, or a subscription. */
export type Route = RuleRoute | SubscriptionRoute;

export interface RuleRoute {
  readonly kind: 'rule';
  readonly name: string;
  /** The JSON text of the pattern under which it is in the index, if it is there. */
  readonly pattern: string | undefined;
  recipients: readonly Recipient[];
  /** Only the rule of an archive has it. */
  keep: ArchiveSink | undefined;
}

/** Archives an event at a time in epoch milliseconds. No delivery: it is done at once, and cannot fail. */
export type ArchiveSink = (event: BusEvent, now: number) => void;

export interface SubscriptionRoute {
  readonly kind: 'subscription';
  readonly name: string;
  /** The pattern's JSON text. */
  readonly pattern: string;
  readonly recipients: readonly Recipient[];
}

/** Makes a recipient of a target. */
export type RecipientFor = (rule: RuleRecord, target: TargetRecord, lane: Lane) => Recipient;

/** How events get into the archive that a rule feeds; `undefined` for every other rule. */
export type ArchiveSinkFor = (rule: RuleRecord) => ArchiveSink | undefined;

interface BusRoutingTable {
  /** The enabled rules that have a pattern, and the subscriptions. */
  readonly index: RuleIndex<Route>;
  readonly rules: Map<string, RuleRoute>;
  readonly subscriptions: Set<SubscriptionRoute>;
}

const maxRemovedRecipients = 1000;

/** For each bus, who gets which event: derived from the records, and changed with them. */
export class RoutingTable implements Pick<StoreListener, 'busChanging' | 'ruleChanging'> {
  readonly #buses = new Map<string, BusRoutingTable>();
  readonly #recipientFor: RecipientFor;
  readonly #keepFor: ArchiveSinkFor;
  readonly #gone = new Fifo<Address>();

  constructor(recipientFor: RecipientFor, keepFor: ArchiveSinkFor) {
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
    const pattern = indexedPattern(after);
    const keep = this.#keepFor(after);
    const recipients =
      old !== undefined && before?.Targets === after.Targets ? old.recipients : this.#recipientsOf(after, keep, old);
    if (old !== undefined && old.recipients !== recipients) this.#rememberGone(old.recipients, recipients);
    if (old !== undefined && before !== undefined && indexedPattern(before) === pattern) {
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

  /** A target keeps its lane as long as its Id stays. */
  #recipientsOf(rule: RuleRecord, keep: ArchiveSink | undefined, old: RuleRoute | undefined): readonly Recipient[] {
    if (keep !== undefined) return [];
    const lanes = new Map<string, Lane>();
    for (const { address, lane } of old?.recipients ?? []) {
      if (address.kind === 'target') lanes.set(address.targetId, lane);
    }
    return rule.Targets.map((target) => this.#recipientFor(rule, target, lanes.get(target.Id) ?? new Lane()));
  }

  #rememberGone(before: Iterable<Recipient>, after: readonly Recipient[] = []): void {
    const left = new Set(after.map(({ address }) => keyOf(address)));
    for (const { address } of before) if (!left.has(keyOf(address))) this.#gone.add(address);
    while (this.#gone.size > maxRemovedRecipients) this.#gone.take();
  }

  #bus(bus: string): BusRoutingTable {
    const routes = this.#buses.get(bus);
    if (routes === undefined) throw new Error(`There is no bus ${bus}.`);
    return routes;
  }
}

/** The pattern under which a rule stands in the index, if it stands there. */
function indexedPattern(rule: RuleRecord): string | undefined {
  return rule.State === 'DISABLED' ? undefined : rule.EventPattern;
}

function keyOf(address: Address): string {
  return address.kind === 'subscription' ? address.subscription : `${address.targetId} ${address.arn}`;
}
