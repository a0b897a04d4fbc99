import { pluralize } from '../../base/describe.js';
import type { BusEvent } from '../../events/bus-event.js';
import type { Mismatch } from '../expectations/compare-values.js';
import type { Expectation } from '../expectations/expectation.js';
import { labelled, paragraph, shortId, table, truncate } from '../layout.js';
import { acceptedOn, factsOf, type Received, type Subject } from '../subject.js';
import { describeOtherBuses } from './unknown-recipient.js';

const maxCompared = 1000;
const maxShown = 3;

/** Returns the paragraphs of a failure that say what was received instead. `received` are the events that count. */
export function describeNearest(
  subject: Subject,
  expectation: Expectation,
  received: readonly Received[],
): readonly string[] {
  const ranked = rank(expectation, received);
  const [nearest] = ranked;
  const rejected = factsOf(subject).filter(({ kind }) => kind === 'rejected').length;
  const verb = received.length === 0 ? 'was received' : 'matched';
  const summary = `${received.length} received, ${rejected} rejected`;
  return [
    paragraph(`No event${onBus(subject, received)} ${verb} (${summary}).`),
    ...describeExpectation(expectation),
    ...(nearest === undefined ? [] : [nearestTable(subject, ranked, received)]),
    ...describeRejected(subject),
    ...describeExcludedOrigins(subject, expectation, received),
    ...describeOtherBuses(subject, expectation, '  '),
    ...(expectation.advice === undefined ? [] : [paragraph(expectation.advice, '  ')]),
    ...(nearest === undefined ? [] : [details(nearest.event.index)]),
  ];
}

function details(index: number): string {
  return paragraph(`One of these was meant? Details: bridge.explain(bridge.history.events()[${index}])`, '  ');
}

/** Returns the paragraph that lists the conditions, one a line. */
export function describeExpectation({ label, description: lines }: Expectation): string[] {
  if (lines.length === 0) return [];
  const indent = ' '.repeat(label.length);
  return [lines.map((line, i) => labelled(`  ${i === 0 ? label : indent}   `, line)).join('\n')];
}

interface RankedEvent {
  readonly event: Received;
  readonly mismatches: readonly Mismatch[];
}

/** Sorts by the number of differences; among equals, events whose source and detail-type match come first. */
function rank(expectation: Expectation, received: readonly Received[]): readonly RankedEvent[] {
  return received
    .slice(-maxCompared)
    .map((event) => ({ event, mismatches: expectation.mismatches(event.event) }))
    .sort((a, b) => distance(a) - distance(b));
}

function distance({ mismatches }: RankedEvent): number {
  const outsideDetail = mismatches.filter(({ path }) => !path.startsWith('detail.')).length;
  return mismatches.length + outsideDetail / (outsideDetail + 1);
}

function nearestTable(subject: Subject, ranked: readonly RankedEvent[], received: readonly Received[]): string {
  const shown = ranked.slice(0, maxShown);
  const isSeveralBuses = subject.bus === undefined && new Set(received.map(({ event }) => event.bus)).size > 1;
  const labels = eventLabels(
    shown.map(({ event }) => event.event),
    isSeveralBuses,
  );
  const rows = shown.map(({ event, mismatches }, i) => {
    const more = mismatches.length > 1 ? ` (and ${mismatches.length - 1} more)` : '';
    return [String(event.index + 1), labels[i] ?? '', `${truncate(mismatches[0]?.message ?? '', 240)}${more}`];
  });
  const others = received.length - shown.length;
  const rest = others > 0 ? [`     and ${pluralize(others, 'other event')}`] : [];
  return [table([['#', 'nearest events', 'first difference'], ...rows]), ...rest].join('\n');
}

/** Returns `com.shop  Order Placed  o-1` for each event, in columns. */
function eventLabels(events: readonly BusEvent[], withBus: boolean): readonly string[] {
  const cells = events.map(({ bus, fields, id }) => [
    ...(withBus ? [`${truncate(bus, 10)}:`] : []),
    truncate(fields.source, 14),
    truncate(fields['detail-type'], 16),
    shortId(id),
  ]);
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

function onBus({ bus }: Subject, received: readonly Received[]): string {
  const [only, ...others] = new Set(received.map(({ event }) => event.bus));
  const name = bus ?? (others.length === 0 ? only : undefined);
  return name === undefined ? '' : ` on bus ${JSON.stringify(name)}`;
}

/** Lists rejected entries, and events sent to a bus that does not exist. */
export function describeRejected(subject: Subject): string[] {
  const lines = factsOf({ ...subject, bus: undefined }).flatMap((fact) => {
    if (fact.kind === 'rejected') {
      if (subject.bus !== undefined && fact.bus !== subject.bus) return [];
      const { ErrorCode, ErrorMessage } = fact.issue;
      return [labelled('  rejected  ', truncate(`entry ${fact.index}: ${ErrorCode}: ${ErrorMessage}`, 240))];
    }
    if (fact.kind !== 'dropped') return [];
    const { bus, fields } = fact.event;
    const what = `${fields.source} ${fields['detail-type']}: bus ${JSON.stringify(bus)} does not exist`;
    return [labelled('  dropped   ', truncate(what, 240))];
  });
  return lines.length === 0 ? [] : [lines.slice(-maxShown).join('\n')];
}

/** Names the origins of events that match but do not count. */
function describeExcludedOrigins(
  subject: Subject,
  expectation: Expectation,
  received: readonly Received[],
): readonly string[] {
  const counting = new Set(received.map(({ event }) => event));
  const others = acceptedOn(subject).filter(({ event }) => !counting.has(event) && expectation.matches(event));
  if (others.length === 0) return [];
  const origins = [...new Set(others.map(({ origin }) => `'${origin}'`))].join(', ');
  const option = `\`{ origins: [${origins}] }\``;
  return [
    paragraph(
      `${pluralize(others.length, 'event')} that would match came from another origin. Count with ${option}.`,
      '  ',
    ),
  ];
}
