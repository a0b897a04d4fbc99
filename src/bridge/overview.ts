import { pluralize } from '../base/describe.js';
import type { Host } from '../core/plugin.js';
import { busesOf } from '../resources/event-buses/event-bus-record.js';
import { type RuleState, rulesOf } from '../resources/rules/rule-record.js';
import type { Core } from './core.js';

/** What there is on a bridge, as plain data. */
export interface BridgeOverview {
  readonly buses: readonly BusOverview[];
}

export interface BusOverview {
  readonly name: string;
  readonly arn: string;
  readonly rules: readonly RuleOverview[];
  /** Their names. */
  readonly subscriptions: readonly string[];
}

export interface RuleOverview {
  readonly name: string;
  readonly state: RuleState;
  /** Its ScheduleExpression. */
  readonly schedule: string | undefined;
  readonly targets: readonly TargetOverview[];
}

export interface TargetOverview {
  readonly id: string;
  readonly arn: string;
  /** ARN of the dead-letter queue. */
  readonly deadLetters: string | undefined;
}

export function overviewOf(host: Host): BridgeOverview {
  const buses = Array.from(busesOf(host).values(), ({ Name: name, Arn: arn }): BusOverview => {
    const rules = Array.from(rulesOf(host, name).values(), (rule): RuleOverview => {
      const targets = rule.Targets.map(({ Id, Arn, DeadLetterConfig }) => {
        return { id: Id, arn: Arn, deadLetters: DeadLetterConfig?.Arn };
      });
      return { name: rule.Name, state: rule.State, schedule: rule.ScheduleExpression || undefined, targets };
    });
    return { name, arn, rules, subscriptions: Array.from(host.routes.subscriptions(name), (route) => route.name) };
  });
  return { buses };
}

/** A bridge where data is wanted, as in a snapshot of a test runner: names and counts. */
export function summaryOf(core: Core): object {
  const { host, counts: tally } = core;
  const { inFlightCount: active, waiting } = host.inFlight;
  const buses = overviewOf(host).buses.map(({ name, rules, subscriptions }) => {
    return [name, { rules: firstFew(rules.map((rule) => rule.name)), subscriptions: firstFew(subscriptions) }] as const;
  });
  return { ...host.home, buses: Object.fromEntries(buses), deliveries: { ...tally, underWay: active, waiting } };
}

const maxNamed = 20;

/** The first names of a list, and how many there are beside them. */
export function firstFew(names: readonly string[]): readonly string[] {
  const more = names.length - maxNamed;
  return more > 0 ? [...names.slice(0, maxNamed), `and ${more} more`] : names;
}

/** In a line: what a bridge is shown as. */
export function describeBridge(core: Core, state: 'open' | 'closed'): string {
  const { host, counts: tally } = core;
  const { buses } = overviewOf(host);
  const rules = buses.flatMap((bus) => bus.rules);
  const counts = [
    pluralize(buses.length, 'bus', 'buses'),
    pluralize(rules.length, 'rule'),
    pluralize(rules.flatMap(({ targets }) => targets).length, 'target'),
    pluralize(buses.flatMap(({ subscriptions }) => subscriptions).length, 'subscription'),
  ];
  const { inFlightCount: active, waiting } = host.inFlight;
  const { delivered, deadLettered, failed } = tally;
  const deliveries = `${delivered} delivered, ${deadLettered} dead-lettered, ${failed} failed, ${active} under way, ${waiting} waiting`;
  const { account, region } = host.home;
  return `Bridge ${account} ${region}${state === 'closed' ? ' (closed)' : ''}: ${counts.join(', ')}; deliveries: ${deliveries}`;
}
