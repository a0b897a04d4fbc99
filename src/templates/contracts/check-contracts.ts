import { pluralize } from '../../base/describe.js';
import { invalid } from '../../base/service-error.js';
import { type Anything, describeValue, isArray } from '../../base/unknown-value.js';
import type { Envelope } from '../../events/envelope.js';
import { type Difference, explainPattern } from '../../patterns/explain/explain-pattern.js';
import { labelled, oneLine } from '../../testing/layout.js';
import { type ContractEvent, type NamedEvent, namedEvent } from './contract-event.js';
import { type ComparedRule, type ContractRule, comparedRule } from './contract-rule.js';

/** An event that no rule wants. */
export interface UnmatchedEvent {
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
export interface UnmatchedRule {
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
  readonly unmatchedEvents: readonly UnmatchedEvent[];
  /** In the order they were given. */
  readonly unmatchedRules: readonly UnmatchedRule[];
  /** All of it, for a person to read. */
  toString(): string;
}

/** To find the nearest of all, no more are compared; but some for each. */
const maxCompared = 100_000;
const minCompared = 20;

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
  const unmatchedEvents = new Set(events);
  const unmatchedRules = new Set(rules);
  for (const rule of rules) {
    for (const event of events) {
      if (!isSameBus(event, rule) || !rule.pattern.test(event.event.text)) continue;
      unmatchedEvents.delete(event);
      unmatchedRules.delete(rule);
    }
  }
  const most = Math.max(minCompared, Math.floor(maxCompared / Math.max(1, unmatchedEvents.size + unmatchedRules.size)));
  const report = {
    ok: unmatchedEvents.size + unmatchedRules.size === 0,
    events: events.length,
    rules: rules.length,
    unmatchedEvents: Array.from(unmatchedEvents, (event): UnmatchedEvent => {
      const { label, bus } = event;
      const candidates = bestCandidates(rules, most, (rule) => similarity(event, rule));
      const nearest = nearestOf(candidates, (rule) => compareEventToRule(event, rule));
      return {
        label,
        bus,
        event: event.event.envelope,
        nearest: nearest && { rule: nearest.one.rule, ...nearest.how },
      };
    }),
    unmatchedRules: Array.from(unmatchedRules, (rule): UnmatchedRule => {
      const candidates = bestCandidates(events, most, (event) => similarity(event, rule));
      const nearest = nearestOf(candidates, (event) => compareEventToRule(event, rule));
      if (nearest === undefined) return { rule: rule.rule, nearest: undefined };
      const { label, event } = nearest.one;
      return { rule: rule.rule, nearest: { label, event: event.envelope, ...nearest.how } };
    }),
  };
  return { ...report, toString: () => contractText(report) };
}

/** Where there are too many, those that have the most in common at first sight. */
function bestCandidates<One>(all: readonly One[], most: number, similarityOf: (one: One) => number): readonly One[] {
  if (all.length <= most) return all;
  return all
    .map((one) => ({ one, score: similarityOf(one) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ one }) => one);
}

function similarity({ event, bus }: NamedEvent, rule: ComparedRule): number {
  const { source, 'detail-type': detailType } = event.fields;
  const named = [source, detailType].filter((text) => rule.text.includes(JSON.stringify(text)));
  return named.length + (bus === undefined || bus === rule.bus ? 1 : 0);
}

interface Comparison {
  readonly sameBus: boolean;
  readonly differences: readonly Difference[];
}

function compareEventToRule(event: NamedEvent, rule: ComparedRule): Comparison {
  const { differences } = explainPattern(rule.text, event.event.text);
  return { sameBus: isSameBus(event, rule), differences };
}

function isSameBus({ bus }: NamedEvent, rule: ComparedRule): boolean {
  return bus === undefined || bus === rule.bus;
}

/** The one with the fewest differences; of these one whose source and detail-type are right. */
function nearestOf<One>(all: readonly One[], compareTo: (one: One) => Comparison) {
  let best: { one: One; how: Comparison; distance: number } | undefined;
  for (const one of all) {
    const how = compareTo(one);
    const envelopeDifferences = how.differences.filter(
      (found) => found.kind === 'field' && !found.path.startsWith('detail.'),
    ).length;
    const distance = how.differences.length + envelopeDifferences / (envelopeDifferences + 1) + (how.sameBus ? 0 : 1);
    if (best === undefined || distance < best.distance) best = { one, how, distance };
  }
  return best;
}

/** A report for a person to read. */
function contractText({ events, rules, unmatchedEvents, unmatchedRules }: Omit<ContractReport, 'toString'>): string {
  const summary = `${pluralize(events, 'event')}, ${pluralize(rules, 'rule')}: `;
  if (unmatchedEvents.length + unmatchedRules.length === 0)
    return `${summary}each event is wanted, and each rule is met`;
  const parts = [
    ...(unmatchedEvents.length > 0 ? [`${pluralize(unmatchedEvents.length, 'event')} that no rule wants`] : []),
    ...(unmatchedRules.length > 0 ? [`${pluralize(unmatchedRules.length, 'rule')} that no event meets`] : []),
  ];
  return [summary + parts.join(', '), ...unmatchedEvents.map(unwantedText), ...unmatchedRules.map(unmetText)].join(
    '\n',
  );
}

function unwantedText({ label, event, bus, nearest }: UnmatchedEvent): string {
  const title = `no rule wants ${event.source} ${JSON.stringify(event['detail-type'])} (${label})`;
  if (nearest === undefined) return `${labelled('  ✗ ', oneLine(title))}\n      there is no rule`;
  const other = nearest.sameBus ? [] : [`event is on bus ${bus}, rule on ${nearest.rule.bus ?? 'default'}`];
  return block(title, `nearest is rule ${nameOf(nearest.rule)}`, [...other, ...messages(nearest.differences)]);
}

function unmetText({ rule, nearest }: UnmatchedRule): string {
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

function nameOf({ name, names, logicalId, location }: ContractRule): string {
  const at = location?.line === undefined ? '' : ` (${location.file ?? 'the template'}:${location.line})`;
  return `${names?.[0] ?? logicalId ?? name}${at}`;
}
