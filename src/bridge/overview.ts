import { counted } from '../base/describe.js';
import type { RuleState } from '../state/rule-record.js';
import type { Core } from './core.js';

/** What there is on a bridge, as plain data. */
export interface Overview {
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

export function overviewOf({ context: { store, routes } }: Core): Overview {
  const buses = Array.from(store.buses.values(), ({ Name: name, Arn: arn }): BusOverview => {
    const rules = Array.from(store.rules(name).values(), (rule): RuleOverview => {
      const targets = rule.Targets.map(({ Id, Arn, DeadLetterConfig }) => {
        return { id: Id, arn: Arn, deadLetters: DeadLetterConfig?.Arn };
      });
      return { name: rule.Name, state: rule.State, schedule: rule.ScheduleExpression, targets };
    });
    return { name, arn, rules, subscriptions: Array.from(routes.subscriptions(name), (route) => route.name) };
  });
  return { buses };
}

/** A bridge where data is wanted, as in a snapshot of a test runner: names and counts. */
export function summaryOf(core: Core): object {
  const { context, tally } = core;
  const { inFlightCount: active, waiting } = context.inFlight;
  const buses = overviewOf(core).buses.map(({ name, rules, subscriptions }) => {
    return [name, { rules: fewOf(rules.map((rule) => rule.name)), subscriptions: fewOf(subscriptions) }] as const;
  });
  return { ...context.home, buses: Object.fromEntries(buses), deliveries: { ...tally, underWay: active, waiting } };
}

const mostNamed = 20;

/** The first names of a list, and how many there are beside them. */
export function fewOf(names: readonly string[]): readonly string[] {
  const more = names.length - mostNamed;
  return more > 0 ? [...names.slice(0, mostNamed), `and ${more} more`] : names;
}

/** In a line: what a bridge is shown as. */
export function describeBridge(core: Core, state: 'open' | 'closed'): string {
  const { context, tally } = core;
  const { buses } = overviewOf(core);
  const rules = buses.flatMap((bus) => bus.rules);
  const counts = [
    counted(buses.length, 'bus', 'buses'),
    counted(rules.length, 'rule'),
    counted(rules.flatMap(({ targets }) => targets).length, 'target'),
    counted(buses.flatMap(({ subscriptions }) => subscriptions).length, 'subscription'),
  ];
  const { inFlightCount: active, waiting } = context.inFlight;
  const { delivered, deadLettered, failed } = tally;
  const deliveries = `${delivered} delivered, ${deadLettered} dead-lettered, ${failed} failed, ${active} under way, ${waiting} waiting`;
  const { account, region } = context.home;
  return `Bridge ${account} ${region}${state === 'closed' ? ' (closed)' : ''}: ${counts.join(', ')}; deliveries: ${deliveries}`;
}
