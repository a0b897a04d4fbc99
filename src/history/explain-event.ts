import { defineToString } from '../base/describe.js';
import type { BusEvent } from '../events/bus-event.js';
import type { Envelope } from '../events/envelope.js';
import { isReadOnlyManagementEvent } from '../events/read-only-event.js';
import { type Explanation, explainPattern } from '../patterns/explain/explain-pattern.js';

/** Whether one rule or subscription receives an event, and why. */
export interface RouteExplanation {
  /** Whether it is a rule or a subscription. */
  readonly kind: 'rule' | 'subscription';
  /** Name of the rule or subscription. */
  readonly name: string;
  /** Its location in the template that deployed it, such as `template.yaml:33`; absent for others. */
  readonly location?: string;
  /** Whether it receives the event. */
  readonly matches: boolean;
  /** How the event differs from its pattern, as in `explainPattern`. */
  readonly differences: Explanation['differences'];
  /**
   * Why it does not get the event whatever its pattern says: `disabled`, `schedule-only`, or `read-only-event` for a read-only management
   * event, which needs the state ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS.
   */
  readonly inactiveReason?: 'disabled' | 'schedule-only' | 'read-only-event';
  /** There, and true, if it gets the event whatever its pattern says: its schedule made it. */
  readonly scheduled?: true;
}

/** Which rules and subscriptions of a bus receive an event, and why. */
export interface EventExplanation {
  /** Name of the bus. */
  readonly bus: string;
  /** Whether the bus exists. If not, the event would be dropped. */
  readonly busExists: boolean;
  /** The event as its patterns see it. */
  readonly event: Envelope;
  /** One for each rule and subscription: first those that match, then the others by number of differences. */
  readonly routes: readonly RouteExplanation[];
  /** Formats the explanation as text. */
  toString(): string;
}

/** A rule or subscription to explain. */
export type ExplainableRoute =
  | {
      readonly kind: 'rule';
      readonly name: string;
      readonly pattern: string | undefined;
      readonly isDisabled: boolean;
      readonly receivesReadOnlyEvents: boolean;
      readonly location: string | undefined;
    }
  | { readonly kind: 'subscription'; readonly name: string; readonly pattern: string };

/** `explained` is `undefined` if the bus does not exist. */
export function explainEvent(event: BusEvent, explained: readonly ExplainableRoute[] | undefined): EventExplanation {
  const all = (explained ?? []).map((route) => explainRoute(event, route));
  const routes = all.map(([route]) => route).sort((a, b) => rank(a) - rank(b));
  const texts = new Map(all);
  const explanation = { bus: event.bus, busExists: explained !== undefined, event: event.envelope, routes };
  return defineToString(explanation, () => print(event, explained === undefined, routes, texts));
}

function explainRoute(event: BusEvent, explained: ExplainableRoute): [RouteExplanation, string] {
  const { kind } = explained;
  const { name, pattern } = explained;
  const isDisabled = explained.kind === 'rule' && explained.isDisabled;
  const isReadOnly = explained.kind === 'rule' && !explained.receivesReadOnlyEvents && isReadOnlyManagementEvent(event);
  const inactiveReason = isDisabled ? ('disabled' as const) : isReadOnly ? ('read-only-event' as const) : undefined;
  const location =
    explained.kind === 'rule' && explained.location !== undefined ? { location: explained.location } : {};
  if (kind === 'rule' && event.scheduledBy === name && !isDisabled) {
    return [{ kind, name, ...location, matches: true, differences: [], scheduled: true }, ''];
  }
  if (pattern === undefined)
    return [{ kind, name, ...location, matches: false, differences: [], inactiveReason: 'schedule-only' }, ''];
  const explanation = explainPattern(pattern, event.text);
  const { matches, differences } = explanation;
  return [
    {
      kind,
      name,
      ...location,
      matches: matches && inactiveReason === undefined,
      differences,
      ...(inactiveReason === undefined ? {} : { inactiveReason }),
    },
    matches ? '' : explanation.toString(),
  ];
}

/** Matching routes stand first, then those with the fewest differences, last those that no event reaches. */
function rank({ matches, differences, inactiveReason }: RouteExplanation): number {
  if (matches) return -1;
  return inactiveReason === undefined ? differences.length : Number.MAX_SAFE_INTEGER;
}

const inactiveReasons = {
  disabled: 'disabled',
  'schedule-only': 'schedule only',
  'read-only-event': 'read-only management event: its state must be ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
};

function print(
  { bus, fields }: BusEvent,
  isDropped: boolean,
  routes: readonly RouteExplanation[],
  texts: ReadonlyMap<RouteExplanation, string>,
): string {
  const event = `${JSON.stringify(fields['detail-type'])} from ${fields.source} on bus ${bus}`;
  if (isDropped) return `${event}: there is no such bus, the event is dropped`;
  if (routes.length === 0) return `${event}: there is no rule and no subscription`;
  const count = routes.filter(({ matches }) => matches).length;
  const lines = routes.map((route) => {
    const mark = route.matches ? '✓' : '✗';
    const why = route.scheduled ? 'scheduled' : route.inactiveReason && inactiveReasons[route.inactiveReason];
    const where = route.location === undefined ? '' : ` (${route.location})`;
    const state = why === undefined ? '' : ` (${why})`;
    const differences = (texts.get(route) ?? '').split('\n').filter((line) => line !== '');
    return [
      `  ${mark} ${route.kind} ${route.name}${where}${state}`,
      ...differences.map((line) => `      ${line}`),
    ].join('\n');
  });
  return [`${event}: ${count} of ${routes.length} match`, ...lines].join('\n');
}
