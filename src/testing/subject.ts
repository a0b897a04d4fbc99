import { describeValue } from '../base/unknown-value.js';
import { type Inspection, inspect } from '../bridge/internals.js';
import type { BusEvent } from '../events/bus-event.js';
import type { Origin } from '../events/ingest.js';
import type { HistoryEntry } from '../history/history-entry.js';
import { paragraph, truncate } from './layout.js';

/** What an assertion is about: a bridge or one of its buses. */
export interface Subject extends Inspection {
  /** How the title of a failure names it. */
  readonly expression: string;
}

/** An accepted event. */
export interface Received {
  readonly event: BusEvent;
  readonly origin: Origin;
  /** Index in `bridge.history.events()`. */
  readonly index: number;
}

/** Throws an Error for what is neither a bridge nor one of its buses. */
export function readSubject(matcher: string, value: unknown): Subject {
  const found = inspect(value);
  if (found === undefined) {
    throw new Error(
      paragraph(
        `expect(…).${matcher}() needs a bridge of this process or one of its buses, such as bridge.bus("orders"), but was given ${describeActual(value)}.`,
      ),
    );
  }
  const expression = found.bus === undefined ? 'bridge' : `bridge.bus(${JSON.stringify(found.bus)})`;
  return { ...found, expression };
}

function describeActual(value: unknown): string {
  try {
    const isPromise = typeof (value as { then?: unknown } | undefined)?.then === 'function';
    if (isPromise) return 'a promise: await it first';
    // A queue, for example, has a `toString` of its own.
    const hasText = typeof value === 'object' && value !== null && Object.hasOwn(value, 'toString');
    return hasText ? truncate(String(value), 60) : describeValue(value);
  } catch {
    return describeValue(value);
  }
}

/** Returns what happened on the subject, oldest first. */
export function factsOf({ history, bus }: Inspection): readonly HistoryEntry[] {
  const { oldest, next } = history.range;
  const facts: HistoryEntry[] = [];
  for (let position = oldest; position < next; position++) {
    const fact = history.at(position)?.historyEntry;
    if (fact !== undefined && (bus === undefined || busOf(fact) === bus)) facts.push(fact);
  }
  return facts;
}

/** Returns every event that was accepted on the subject, oldest first. */
export function acceptedOn(subject: Inspection): readonly Received[] {
  const accepted = factsOf({ ...subject, bus: undefined }).filter((fact) => fact.kind === 'accepted');
  return accepted
    .map(({ event, origin }, index) => ({ event, origin, index }))
    .filter(({ event }) => subject.bus === undefined || event.bus === subject.bus);
}

function busOf(fact: HistoryEntry): string {
  if ('delivery' in fact) return fact.delivery.event.bus;
  return 'bus' in fact ? fact.bus : fact.event.bus;
}
