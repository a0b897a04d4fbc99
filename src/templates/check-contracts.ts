import { describeValue, isArray } from '../base/describe-value.js';
import { ServiceError } from '../base/service-error.js';
import type { Envelope } from '../events/envelope.js';
import { compilePattern } from '../patterns/compile-pattern.js';
import { type Difference, explainPattern } from '../patterns/explain-pattern.js';
import { type ContractEvent, type NamedEvent, namedEvent } from './contract-event.js';
import { contractText } from './contract-text.js';
import type { Place } from './place.js';

/** A rule: of a template, as in `stack.rules`, or one that somebody else keeps. */
export interface ContractRule {
  readonly name: string;
  /** Name of its bus; `default` if absent. */
  readonly bus?: string | undefined;
  /** A rule without a pattern is left out. */
  readonly eventPattern?: string | object | undefined;
  /** A rule that is `DISABLED` is left out. */
  readonly state?: string | undefined;
  /** What its template calls it. */
  readonly logicalId?: string | undefined;
  readonly names?: readonly string[] | undefined;
  /** Where it stands. */
  readonly place?: Place | undefined;
}

/** An event that no rule wants. */
export interface UnwantedEvent {
  /** What it is called: `events[0]`, or its file and number. */
  readonly label: string;
  readonly event: Envelope;
  /** The name of its bus, if it names one. */
  readonly bus: string | undefined;
  /** The rule with the fewest differences from it; `undefined` if there is no rule. */
  readonly nearest: NearestRule | undefined;
}

/** How near a rule is to an event. */
export interface NearestRule {
  readonly rule: ContractRule;
  /** Whether they are on one bus. */
  readonly sameBus: boolean;
  readonly differences: readonly Difference[];
}

/** A rule that no event meets. */
export interface UnmetRule {
  readonly rule: ContractRule;
  /** The event with the fewest differences from it; `undefined` if there is no event. */
  readonly nearest: NearestEvent | undefined;
}

/** How near an event is to a rule. */
export interface NearestEvent {
  readonly label: string;
  readonly event: Envelope;
  /** Whether they are on one bus. */
  readonly sameBus: boolean;
  readonly differences: readonly Difference[];
}

/** Which events no rule wants, and which rules no event meets. */
export interface ContractReport {
  /** Whether each event is wanted and each rule is met. */
  readonly ok: boolean;
  /** How many events were looked at. */
  readonly events: number;
  /** How many rules were looked at. */
  readonly rules: number;
  /** In the order they were given. */
  readonly unwanted: readonly UnwantedEvent[];
  /** In the order they were given. */
  readonly unmet: readonly UnmetRule[];
  /** All of it, for a person to read. */
  toString(): string;
}

/** To find the nearest, no more are compared. */
const mostCompared = 1000;

/**
 * Checks that each event that some producer emits is wanted by at least one rule, and that each rule is met by at least one
 * event; what is not is listed with the nearest. An event that names no bus is compared with the rules of every bus. Rules
 * without a pattern and disabled ones are left out. Throws `ValidationException` for an event that is none or that PutEvents
 * refuses, and `InvalidEventPatternException` for an invalid pattern.
 */
export function checkContracts(contracts: {
  readonly events: readonly ContractEvent[];
  readonly rules: readonly ContractRule[];
}): ContractReport {
  const { events, rules } = contracts ?? {};
  for (const [name, value] of Object.entries({ events, rules })) {
    if (!isArray(value)) throw invalid(`checkContracts: ${name} must be an array, but is ${describeValue(value)}.`);
  }
  rules.forEach((rule: unknown, index) => {
    if (typeof (rule as ContractRule | undefined)?.name === 'string') return;
    throw invalid(`checkContracts: rules[${index}] must be an object with a name.`);
  });
  return compare(events.map(namedEvent), rules);
}

/** `checkContracts` for events that are complete. */
export function compare(events: readonly NamedEvent[], given: readonly ContractRule[]): ContractReport {
  const rules = given.filter(({ eventPattern, state }) => eventPattern !== undefined && state !== 'DISABLED');
  const unwanted = new Set(events);
  const unmet = new Set(rules);
  for (const rule of rules) {
    const pattern = compilePattern(rule.eventPattern as string | object);
    for (const event of events) {
      if (!isSameBus(event, rule) || !pattern.test(event.event.text)) continue;
      unwanted.delete(event);
      unmet.delete(rule);
    }
  }
  const report = {
    ok: unwanted.size + unmet.size === 0,
    events: events.length,
    rules: rules.length,
    unwanted: Array.from(unwanted, (event): UnwantedEvent => {
      const { label, bus } = event;
      const nearest = nearestOf(rules, (rule) => nearness(event, rule));
      return { label, bus, event: event.event.envelope, nearest: nearest && { rule: nearest.one, ...nearest.how } };
    }),
    unmet: Array.from(unmet, (rule): UnmetRule => {
      const nearest = nearestOf(events, (event) => nearness(event, rule));
      if (nearest === undefined) return { rule, nearest: undefined };
      const { label, event } = nearest.one;
      return { rule, nearest: { label, event: event.envelope, ...nearest.how } };
    }),
  };
  return { ...report, toString: () => contractText(report) };
}

interface Nearness {
  readonly sameBus: boolean;
  readonly differences: readonly Difference[];
}

function nearness(event: NamedEvent, rule: ContractRule): Nearness {
  const { differences } = explainPattern(rule.eventPattern as string | object, event.event.text);
  return { sameBus: isSameBus(event, rule), differences };
}

function isSameBus({ bus }: NamedEvent, rule: ContractRule): boolean {
  return bus === undefined || bus === (rule.bus ?? 'default');
}

/** The one with the fewest differences; of these one whose source and detail-type are right. */
function nearestOf<One>(all: readonly One[], nearnessTo: (one: One) => Nearness) {
  let best: { one: One; how: Nearness; distance: number } | undefined;
  for (const one of all.slice(0, mostCompared)) {
    const how = nearnessTo(one);
    const outside = how.differences.filter(({ kind, ...rest }) => {
      return kind === 'field' && !(rest as { path: string }).path.startsWith('detail.');
    }).length;
    const distance = how.differences.length + outside / (outside + 1) + (how.sameBus ? 0 : 1);
    if (best === undefined || distance < best.distance) best = { one, how, distance };
  }
  return best;
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
