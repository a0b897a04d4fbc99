import { pluralize } from '../../base/describe.js';
import { invalid } from '../../base/service-error.js';
import { type Anything, describeValue, isArray } from '../../base/unknown-value.js';
import type { Envelope } from '../../events/envelope.js';
import { type Difference, explainPattern } from '../../patterns/explain/explain-pattern.js';
import { labelled, oneLine } from '../../testing/layout.js';
import { type ContractEvent, type NamedEvent, namedEvent } from './contract-event.js';
import { type ComparedRule, type ContractRule, comparedRule } from './contract-rule.js';

/** An event that no rule wants. */
export interface UnwantedEvent {
  /** What it is called: `events[0]`, or its file and number. */
  readonly label: string;
  /** The event that no rule wants. */
  readonly event: Envelope;
  /** The name of its bus, if it names one. */
  readonly bus: string | undefined;
  /** The rule with the fewest differences from it; `undefined` if there is no rule. */
  readonly nearest: NearestRule | undefined;
}

/** How near a rule is to an event. */
export interface NearestRule {
  /** The rule. */
  readonly rule: ContractRule;
  /** Whether they are on one bus. */
  readonly sameBus: boolean;
  /** What differs from its pattern. */
  readonly differences: readonly Difference[];
}

/** A rule that no event meets. */
export interface UnmetRule {
  /** The rule that no event matches. */
  readonly rule: ContractRule;
  /** The event with the fewest differences from it; `undefined` if there is no event. */
  readonly nearest: NearestEvent | undefined;
}

/** How near an event is to a rule. */
export interface NearestEvent {
  /** What the event is called. */
  readonly label: string;
  /** The event. */
  readonly event: Envelope;
  /** Whether they are on one bus. */
  readonly sameBus: boolean;
  /** What differs from the pattern of the rule. */
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

/** To find the nearest of all, no more are compared; but some for each. */
const mostCompared = 100_000;
const leastCompared = 20;

/**
 * Checks that each event that some producer emits is wanted by at least one rule, and that each rule is met by at least one
 * event; what is not is listed with the nearest. An event that names no bus is compared with the rules of every bus. Rules
 * without a pattern and disabled ones are left out. Throws `ValidationException` for an event that is none or that PutEvents
 * refuses and for a rule that is none, and `InvalidEventPatternException` for an invalid pattern; each is named.
 */
export function checkContracts(contracts: {
  readonly events: readonly ContractEvent[];
  readonly rules: readonly ContractRule[];
}): ContractReport {
  const { events, rules } = readLists(contracts);
  return compare(events.map(namedEvent), rules);
}

/** The lists, without their holes. */
function readLists(contracts: unknown): { events: ContractEvent[]; rules: ContractRule[] } {
  const read = (name: 'events' | 'rules'): Anything[] => {
    let value: unknown;
    try {
      value = (contracts as Readonly<Record<string, unknown>> | undefined)?.[name];
      if (isArray(value)) return Array.from(value);
    } catch {
      throw invalid(`checkContracts: ${name} cannot be read.`);
    }
    throw invalid(`checkContracts: ${name} must be an array, but is ${describeValue(value)}.`);
  };
  return { events: read('events'), rules: read('rules') };
}

/** `checkContracts` for events that are complete. */
export function compare(events: readonly NamedEvent[], given: readonly ContractRule[]): ContractReport {
  const rules = given.map(comparedRule).filter((rule) => rule !== undefined);
  const unwanted = new Set(events);
  const unmet = new Set(rules);
  for (const rule of rules) {
    for (const event of events) {
      if (!isSameBus(event, rule) || !rule.pattern.test(event.event.text)) continue;
      unwanted.delete(event);
      unmet.delete(rule);
    }
  }
  const most = Math.max(leastCompared, Math.floor(mostCompared / Math.max(1, unwanted.size + unmet.size)));
  const report = {
    ok: unwanted.size + unmet.size === 0,
    events: events.length,
    rules: rules.length,
    unwanted: Array.from(unwanted, (event): UnwantedEvent => {
      const { label, bus } = event;
      const likely = likeliest(rules, most, (rule) => kinship(event, rule));
      const nearest = nearestOf(likely, (rule) => nearness(event, rule));
      return {
        label,
        bus,
        event: event.event.envelope,
        nearest: nearest && { rule: nearest.one.rule, ...nearest.how },
      };
    }),
    unmet: Array.from(unmet, (rule): UnmetRule => {
      const likely = likeliest(events, most, (event) => kinship(event, rule));
      const nearest = nearestOf(likely, (event) => nearness(event, rule));
      if (nearest === undefined) return { rule: rule.rule, nearest: undefined };
      const { label, event } = nearest.one;
      return { rule: rule.rule, nearest: { label, event: event.envelope, ...nearest.how } };
    }),
  };
  return { ...report, toString: () => contractText(report) };
}

/** Where there are too many, those that have the most in common at first sight. */
function likeliest<One>(all: readonly One[], most: number, kinshipOf: (one: One) => number): readonly One[] {
  if (all.length <= most) return all;
  return all
    .map((one) => ({ one, score: kinshipOf(one) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ one }) => one);
}

function kinship({ event, bus }: NamedEvent, rule: ComparedRule): number {
  const { source, 'detail-type': detailType } = event.fields;
  const named = [source, detailType].filter((text) => rule.text.includes(JSON.stringify(text)));
  return named.length + (bus === undefined || bus === rule.bus ? 1 : 0);
}

interface Nearness {
  readonly sameBus: boolean;
  readonly differences: readonly Difference[];
}

function nearness(event: NamedEvent, rule: ComparedRule): Nearness {
  const { differences } = explainPattern(rule.text, event.event.text);
  return { sameBus: isSameBus(event, rule), differences };
}

function isSameBus({ bus }: NamedEvent, rule: ComparedRule): boolean {
  return bus === undefined || bus === rule.bus;
}

/** The one with the fewest differences; of these one whose source and detail-type are right. */
function nearestOf<One>(all: readonly One[], nearnessTo: (one: One) => Nearness) {
  let best: { one: One; how: Nearness; distance: number } | undefined;
  for (const one of all) {
    const how = nearnessTo(one);
    const outside = how.differences.filter(
      (found) => found.kind === 'field' && !found.path.startsWith('detail.'),
    ).length;
    const distance = how.differences.length + outside / (outside + 1) + (how.sameBus ? 0 : 1);
    if (best === undefined || distance < best.distance) best = { one, how, distance };
  }
  return best;
}

/** A report for a person to read. */
function contractText({ events, rules, unwanted, unmet }: Omit<ContractReport, 'toString'>): string {
  const summary = `${pluralize(events, 'event')}, ${pluralize(rules, 'rule')}: `;
  if (unwanted.length + unmet.length === 0) return `${summary}each event is wanted, and each rule is met`;
  const parts = [
    ...(unwanted.length > 0 ? [`${pluralize(unwanted.length, 'event')} that no rule wants`] : []),
    ...(unmet.length > 0 ? [`${pluralize(unmet.length, 'rule')} that no event meets`] : []),
  ];
  return [summary + parts.join(', '), ...unwanted.map(unwantedText), ...unmet.map(unmetText)].join('\n');
}

function unwantedText({ label, event, bus, nearest }: UnwantedEvent): string {
  const title = `no rule wants ${event.source} ${JSON.stringify(event['detail-type'])} (${label})`;
  if (nearest === undefined) return `${labelled('  ✗ ', oneLine(title))}\n      there is no rule`;
  const other = nearest.sameBus ? [] : [`event is on bus ${bus}, rule on ${nearest.rule.bus ?? 'default'}`];
  return block(title, `nearest is rule ${nameOf(nearest.rule)}`, [...other, ...messages(nearest.differences)]);
}

function unmetText({ rule, nearest }: UnmetRule): string {
  const title = `no event meets rule ${nameOf(rule)}`;
  if (nearest === undefined) return `${labelled('  ✗ ', oneLine(title))}\n      there is no event`;
  const { event, label, sameBus, differences } = nearest;
  const other = sameBus ? [] : [`rule is on bus ${rule.bus ?? 'default'}, event on another`];
  const who = `nearest is ${event.source} ${JSON.stringify(event['detail-type'])} (${label})`;
  return block(title, who, [...other, ...messages(differences)]);
}

function block(title: string, nearest: string, reasons: readonly string[]): string {
  const lines = reasons.map((reason) => labelled('        ', oneLine(reason, 1000)));
  return [labelled('  ✗ ', oneLine(title)), labelled('      ', oneLine(nearest)), ...lines].join('\n');
}

function messages(differences: readonly Difference[]): readonly string[] {
  return differences.map(({ message }) => message);
}

function nameOf({ name, names, logicalId, place }: ContractRule): string {
  const at = place?.line === undefined ? '' : ` (${place.file ?? 'the template'}:${place.line})`;
  return `${names?.[0] ?? logicalId ?? name}${at}`;
}
