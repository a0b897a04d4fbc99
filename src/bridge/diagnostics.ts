import { placeholderId } from '../base/random.js';
import { busNameOf } from '../core/bus-names.js';
import { readCallOptions, text } from '../core/call-options.js';
import type { BridgeAccess, Host, Plugin } from '../core/plugin.js';
import type { BusEvent } from '../events/bus-event.js';
import { completeEnvelope, type PartialEnvelope } from '../events/partial-envelope.js';
import { type CoverableRoute, type Coverage, measureCoverage } from '../history/coverage.js';
import { type EventExplanation, type ExplainableRoute, explainEvent } from '../history/explain-event.js';
import type { EventHistory } from '../history/history.js';
import { busesOf } from '../resources/event-buses/event-bus-record.js';
import { type RuleRecord, rulesOf } from '../resources/rules/rule-record.js';
import { dryRunDeliveries, type PlannedDelivery } from './dry-run.js';

/** Why events reach what they reach. */
export interface Diagnostics {
  /**
   * Returns every delivery that an event would cause, with the exact input of each; nothing is delivered.
   *
   * What would go to another bus is followed there. Takes what `inject` takes.
   *
   * @throws {ValidationException} for an invalid event.
   * @throws {ResourceNotFoundException} when the bus does not exist.
   */
  dryRun(event: PartialEnvelope, options?: { readonly bus?: string | undefined }): Promise<PlannedDelivery[]>;
  /**
   * Explains for every rule and subscription of a bus whether an event matches, and if not, why. Delivers nothing.
   *
   * An event of the history is explained on its own bus, another on `default` unless `options` name one.
   *
   * @throws {ValidationException} for an invalid event.
   */
  explain(event: PartialEnvelope, options?: { readonly bus?: string | undefined }): EventExplanation;
  /**
   * Returns which rules and subscriptions, and which branches of their patterns, no event on record has matched.
   *
   * It is worked out of the history each time, for the rules that there are now: evicted events do not count, and neither do those
   * that a rule got while its pattern was another.
   */
  coverage(): Coverage;
}

const onBus = { bus: text };

/** `explain`, `coverage` and `dryRun`. Needs `history()`. */
export function diagnostics(): Plugin<object, Diagnostics> {
  return {
    name: 'diagnostics',
    requires: ['history'],
    members: ({ openHost, history }: BridgeAccess): Diagnostics => ({
      dryRun: async (event, options) =>
        dryRunDeliveries(openHost(), event, readCallOptions('dryRun', options, onBus).bus),
      explain: (event, options) =>
        explain(openHost(), history() as EventHistory, event, readCallOptions('explain', options, onBus).bus),
      coverage: () => coverage(openHost(), history() as EventHistory),
    }),
  };
}

/** Explains an event on the bus where the history has it, unless another is named. */
function explain(host: Host, history: EventHistory, input: PartialEnvelope, bus: string | undefined): EventExplanation {
  const { clock, home, routes, templateSources } = host;
  const complete = completeEnvelope({ clock, home, ids: placeholderId }, busNameOf(home, bus) ?? String(bus), input);
  const isKnown = ({ id, bus: its }: BusEvent) => id === complete.id && (bus === undefined || its === complete.bus);
  const event = history.accepted().find(isKnown) ?? complete;
  if (busesOf(host).get(event.bus) === undefined) return explainEvent(event, undefined);
  return explainEvent(event, [
    ...Array.from(rulesOf(host, event.bus).values(), (rule): ExplainableRoute => {
      return { ...routeOf(rule), location: templateSources.get(rule.Arn)?.place };
    }),
    ...routes.subscriptions(event.bus),
  ]);
}

/** Counted when it is asked for, out of the history: PutEvents does nothing for it. */
function coverage(host: Host, history: EventHistory): Coverage {
  const all = Array.from(busesOf(host).values(), ({ Name: bus }): CoverableRoute[] => [
    ...Array.from(rulesOf(host, bus).values(), (rule) => ({ bus, ...routeOf(rule) })),
    ...Array.from(host.routes.subscriptions(bus), (route) => ({ kind: 'subscription' as const, bus, route })),
  ]);
  return measureCoverage(all.flat(), history.entries(), history.evicted);
}

function routeOf({ Name, EventPattern, State }: RuleRecord) {
  return {
    kind: 'rule' as const,
    name: Name,
    pattern: EventPattern || undefined,
    isDisabled: State === 'DISABLED',
    receivesReadOnlyEvents: State === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
  };
}
