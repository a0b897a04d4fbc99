import type { BusEvent } from '../../events/bus-event.js';
import type { Mismatch } from '../expectations/compare-values.js';
import type { Wanted } from '../expectations/expectation.js';
import { count, cut, labelled, paragraph, shortId, table } from '../layout.js';
import { acceptedOn, factsOf, type Received, type Subject } from '../subject.js';
import { describeElsewhere } from './unknown-recipient.js';

const mostCompared = 1000;
const mostShown = 3;

/** The paragraphs of a failure that say what came instead of the event that was wanted. `counted` are those that count. */
export function describeNearest(subject: Subject, wanted: Wanted, counted: readonly Received[]): string[] {
  const rejected = describeRejected(subject);
  const nearest = rank(wanted, counted);
  const [first] = nearest;
  const where = busesOf(subject, counted);
  const summary = `${count(counted.length, 'event')} received`.replace(/ events? /, ' ');
  const refused = factsOf(subject).filter(({ kind }) => kind === 'rejected').length;
  const verb = counted.length === 0 ? 'was received' : 'matched';
  return [
    paragraph(`No event${where} ${verb} (${summary}, ${refused} rejected).`),
    ...description(wanted),
    ...(first === undefined ? [] : [nearestTable(subject, nearest, counted)]),
    ...rejected,
    ...describeUncounted(subject, wanted, counted),
    ...describeElsewhere(subject, wanted, '  '),
    ...(wanted.advice === undefined ? [] : [paragraph(wanted.advice, '  ')]),
    ...(first === undefined ? [] : [details(first.received.index)]),
  ];
}

function details(index: number): string {
  return paragraph(`One of these was meant? Details: bridge.explain(bridge.history.events()[${index}])`, '  ');
}

/** What was wanted, a condition a line. */
export function description({ label, description: lines }: Wanted): string[] {
  if (lines.length === 0) return [];
  const indent = ' '.repeat(label.length);
  return [lines.map((line, i) => labelled(`  ${i === 0 ? label : indent}   `, line)).join('\n')];
}

interface Ranked {
  readonly received: Received;
  readonly mismatches: readonly Mismatch[];
}

/** The nearest first: those with the fewest differences, and of these those whose source and detail-type are right. */
function rank(wanted: Wanted, counted: readonly Received[]): readonly Ranked[] {
  return counted
    .slice(-mostCompared)
    .map((received) => ({ received, mismatches: wanted.mismatches(received.event) }))
    .sort((a, b) => distance(a) - distance(b));
}

function distance({ mismatches }: Ranked): number {
  const outside = mismatches.filter(({ path }) => !path.startsWith('detail.')).length;
  return mismatches.length + outside / (outside + 1);
}

function nearestTable(subject: Subject, ranked: readonly Ranked[], counted: readonly Received[]): string {
  const shown = ranked.slice(0, mostShown);
  const severalBuses = subject.bus === undefined && new Set(counted.map(({ event }) => event.bus)).size > 1;
  const labels = eventLabels(
    shown.map(({ received }) => received.event),
    severalBuses,
  );
  const rows = shown.map(({ received, mismatches }, i) => {
    const more = mismatches.length > 1 ? ` (and ${mismatches.length - 1} more)` : '';
    return [String(received.index + 1), labels[i] ?? '', `${cut(mismatches[0]?.message ?? '', 240)}${more}`];
  });
  const others = counted.length - shown.length;
  const rest = others > 0 ? [`     and ${count(others, 'other event')}`] : [];
  return [table([['#', 'nearest events', 'first difference'], ...rows]), ...rest].join('\n');
}

/** `com.shop  Order Placed  o-1`, in columns. */
function eventLabels(events: readonly BusEvent[], withBus: boolean): readonly string[] {
  const cells = events.map(({ bus, head, id }) => [
    ...(withBus ? [`${cut(bus, 10)}:`] : []),
    cut(head.source, 14),
    cut(head['detail-type'], 16),
    shortId(id),
  ]);
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

function busesOf({ bus }: Subject, counted: readonly Received[]): string {
  const [only, ...others] = new Set(counted.map(({ event }) => event.bus));
  const name = bus ?? (others.length === 0 ? only : undefined);
  return name === undefined ? '' : ` on bus ${JSON.stringify(name)}`;
}

/** Entries that were refused, and events that went to a bus which there is not. */
export function describeRejected(subject: Subject): string[] {
  const lines = factsOf({ ...subject, bus: undefined }).flatMap((fact) => {
    if (fact.kind === 'rejected') {
      if (subject.bus !== undefined && fact.bus !== subject.bus) return [];
      const { ErrorCode, ErrorMessage } = fact.issue;
      return [labelled('  rejected  ', cut(`entry ${fact.index}: ${ErrorCode}: ${ErrorMessage}`, 240))];
    }
    if (fact.kind !== 'dropped') return [];
    const { bus, head } = fact.event;
    const what = `${head.source} ${head['detail-type']}: there is no bus ${JSON.stringify(bus)}`;
    return [labelled('  dropped   ', cut(what, 240))];
  });
  return lines.length === 0 ? [] : [lines.slice(-mostShown).join('\n')];
}

/** Events that fit, and were not counted for how they came in. */
function describeUncounted(subject: Subject, wanted: Wanted, counted: readonly Received[]): string[] {
  const known = new Set(counted.map(({ event }) => event));
  const others = acceptedOn(subject).filter(({ event }) => !known.has(event) && wanted.fits(event));
  const [first] = others;
  if (first === undefined) return [];
  const ways = [...new Set(others.map(({ origin }) => `'${origin}'`))].join(', ');
  return [
    paragraph(
      `${count(others.length, 'event')} that would match came in another way, and ${others.length === 1 ? 'counts' : 'count'} with \`{ origins: [${ways}] }\`.`,
      '  ',
    ),
  ];
}
