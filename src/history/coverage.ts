import { defineToString, pluralize } from '../base/describe.js';
import type { Route, SubscriptionRoute } from '../delivery/route.js';
import type { BusEvent } from '../events/bus-event.js';
import { PatternBranches } from '../patterns/explain/pattern-branches.js';
import type { TimedHistoryEntry } from './event-trace.js';
import { toRecord } from './history-entry.js';
import type { UnmatchedRecord } from './record.js';

/** Which rules and subscriptions, and which branches of their patterns, the events of the history have matched. */
export interface Coverage {
  /** Number of accepted events in the history. Evicted events do not count anywhere here. */
  readonly events: number;
  /** Number of evicted events and rejected entries. */
  readonly evicted: number;
  /** Every rule and subscription of every bus. */
  readonly routes: readonly RouteCoverage[];
  /** The events that matched no rule and no subscription. */
  readonly unmatched: readonly UnmatchedRecord[];
  /** Formats what never matched, and the unmatched events, as text. */
  toString(): string;
}

/** How many events a rule or subscription has matched. */
export interface RouteCoverage {
  /** Whether it is a rule or a subscription. */
  readonly kind: 'rule' | 'subscription';
  /** Name of the bus. */
  readonly bus: string;
  /** Name of the rule or subscription. */
  readonly name: string;
  /** Number of events that its present pattern matched, or that its schedule made. */
  readonly matched: number;
  /** Why it gets no event whatever its pattern says. */
  readonly inactiveReason?: 'disabled';
  /** The branches of its pattern, in order; empty for a rule that has only a schedule. */
  readonly branches: readonly BranchCoverage[];
}

/** One of the ways in which an event can match a pattern. */
export interface BranchCoverage {
  /** `alternative`: one element of the list under a field. `or`: one branch of an `$or`. */
  readonly kind: 'alternative' | 'or';
  /** `detail.total > 100`; of a branch of an `$or`, `$or branch 2 of 3 (detail.total > 100)`; of what is in one, both. */
  readonly text: string;
  /** Number of events that would have matched if this were alone in its list or `$or`. */
  readonly matched: number;
}

/** An existing rule or subscription. */
export type CoverableRoute = { readonly bus: string } & (
  | { readonly kind: 'rule'; readonly name: string; readonly pattern: string | undefined; readonly isDisabled: boolean }
  | { readonly kind: 'subscription'; readonly route: SubscriptionRoute }
);

/** The events that each route received. Rules are identified by name and pattern, because enabling a rule makes a new route. */
class ReceivedEvents {
  readonly #rules = new Map<string, BusEvent[]>();
  readonly #subscriptions = new Map<Route, BusEvent[]>();

  add(event: BusEvent, route: Route): void {
    if (route.kind === 'rule') append(this.#rules, ruleKey(event.bus, route.name, route.pattern), event);
    else append(this.#subscriptions, route, event);
  }

  of(route: CoverableRoute): readonly BusEvent[] {
    if (route.kind === 'subscription') return this.#subscriptions.get(route.route) ?? [];
    return this.#rules.get(ruleKey(route.bus, route.name, route.pattern)) ?? [];
  }
}

export function measureCoverage(
  routes: readonly CoverableRoute[],
  entries: readonly TimedHistoryEntry[],
  evicted: number,
): Coverage {
  const received = new ReceivedEvents();
  let events = 0;
  const unmatched: UnmatchedRecord[] = [];
  for (const { historyEntry, time } of entries) {
    if (historyEntry.kind === 'accepted') events++;
    if (historyEntry.kind === 'unmatched') unmatched.push(toRecord(historyEntry, time) as UnmatchedRecord);
    if (historyEntry.kind === 'matched')
      for (const route of historyEntry.routes) received.add(historyEntry.event, route);
  }
  const covered = routes.map((route) => measureRoute(route, received.of(route)));
  const coverage = { events, evicted, routes: covered.map(({ route }) => route), unmatched };
  return defineToString(coverage, () => print(coverage, covered));
}

interface CoveredRoute {
  readonly route: RouteCoverage;
  /** The branches that never decided a match, except those within such a branch. */
  readonly uncovered: readonly string[];
}

function measureRoute(route: CoverableRoute, events: readonly BusEvent[]): CoveredRoute {
  const isRule = route.kind === 'rule';
  const name = isRule ? route.name : route.route.name;
  const pattern = isRule ? route.pattern : route.route.pattern;
  const inactive = isRule && route.isDisabled ? { inactiveReason: 'disabled' as const } : {};
  const base = { kind: route.kind, bus: route.bus, name, matched: events.length, ...inactive };
  if (pattern === undefined) return { route: { ...base, branches: [] }, uncovered: [] };
  const patternBranches = new PatternBranches(pattern);
  const counts = new Map(patternBranches.branches.map((branch) => [branch, 0]));
  for (const event of events) {
    if (isRule && event.scheduledBy === name) continue;
    for (const branch of patternBranches.matchedBranches(event.text)) counts.set(branch, (counts.get(branch) ?? 0) + 1);
  }
  const uncovered = patternBranches.branches.filter(
    (branch) => counts.get(branch) === 0 && (branch.parent === undefined || counts.get(branch.parent) !== 0),
  );
  const branches = Array.from(counts, ([{ kind, text }, matched]) => ({ kind, text, matched }));
  return { route: { ...base, branches }, uncovered: uncovered.map(({ text }) => text) };
}

const maxLines = 100;

function print(
  { events, evicted, routes, unmatched }: Omit<Coverage, 'toString'>,
  covered: readonly CoveredRoute[],
): string {
  const lines = covered.flatMap(({ route: { kind, bus, name, matched, inactiveReason }, uncovered }) => {
    const label = `  ${kind} ${name} on bus ${bus}`;
    if (matched === 0) return [`${label}${inactiveReason === undefined ? '' : ` (${inactiveReason})`} never matched`];
    return uncovered.map((text) => `${label}: ${text} never decided a match`);
  });
  const kinds = new Map<string, number>();
  for (const { bus, event } of unmatched) {
    const kind = `${JSON.stringify(event['detail-type'])} from ${event.source} on bus ${bus}`;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const unmatchedLines = Array.from(kinds, ([kind, count]) => `  ${count} × ${kind}`);
  const matched = routes.filter((route) => route.matched > 0).length;
  const evictedNote = evicted === 0 ? '' : ` (${evicted} more were evicted)`;
  return [
    `${matched} of ${routes.length} rules and subscriptions matched, ${pluralize(events, 'event')} on record${evictedNote}`,
    ...limitLines(lines),
    ...(unmatchedLines.length === 0
      ? []
      : [`${pluralize(unmatched.length, 'event')} matched nothing`, ...limitLines(unmatchedLines)]),
  ].join('\n');
}

function limitLines(lines: readonly string[]): readonly string[] {
  return lines.length <= maxLines ? lines : [...lines.slice(0, maxLines), `  and ${lines.length - maxLines} more`];
}

function append<Key>(map: Map<Key, BusEvent[]>, key: Key, event: BusEvent): void {
  const existing = map.get(key);
  if (existing === undefined) map.set(key, [event]);
  else existing.push(event);
}

function ruleKey(bus: string, name: string, pattern: string | undefined): string {
  return JSON.stringify([bus, name, pattern]);
}
