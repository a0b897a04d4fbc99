import { describeValue } from '../base/unknown-value.js';
import { type Inspection, inspect } from '../bridge/internals.js';
import type { BusEvent } from '../events/bus-event.js';
import type { Origin } from '../events/ingest.js';
import type { Fact } from '../history/fact.js';
import { cut, paragraph } from './layout.js';

/** What an assertion is about: a bridge, or one of its buses. */
export interface Subject extends Inspection {
  /** As the first line of a failure shows it. */
  readonly expression: string;
}

/** An event that was accepted. */
export interface Received {
  readonly event: BusEvent;
  readonly origin: Origin;
  /** Its place in `bridge.history.events()`. */
  readonly index: number;
}

/** Throws an Error for what is neither a bridge nor one of its buses. */
export function readSubject(matcher: string, value: unknown): Subject {
  const found = inspect(value);
  if (found === undefined) {
    throw new Error(
      paragraph(
        `expect(…).${matcher}() needs a bridge of this process or one of its buses, such as bridge.bus("orders"), but was given ${describe(value)}.`,
      ),
    );
  }
  const expression = found.bus === undefined ? 'bridge' : `bridge.bus(${JSON.stringify(found.bus)})`;
  return { ...found, expression };
}

function describe(value: unknown): string {
  try {
    const isPromise = typeof (value as { then?: unknown } | undefined)?.then === 'function';
    if (isPromise) return 'a promise: await it first';
    // What says what it is, such as a queue.
    const isSaid = typeof value === 'object' && value !== null && Object.hasOwn(value, 'toString');
    return isSaid ? cut(String(value), 60) : describeValue(value);
  } catch {
    return describeValue(value);
  }
}

/** What happened on the subject, oldest first. */
export function factsOf({ history, bus }: Inspection): readonly Fact[] {
  const { oldest, next } = history.places;
  const facts: Fact[] = [];
  for (let place = oldest; place < next; place++) {
    const fact = history.at(place)?.fact;
    if (fact !== undefined && (bus === undefined || busOf(fact) === bus)) facts.push(fact);
  }
  return facts;
}

/** Every event that was accepted on the subject, oldest first. */
export function acceptedOn(subject: Inspection): readonly Received[] {
  const accepted = factsOf({ ...subject, bus: undefined }).filter((fact) => fact.kind === 'accepted');
  return accepted
    .map(({ event, origin }, index) => ({ event, origin, index }))
    .filter(({ event }) => subject.bus === undefined || event.bus === subject.bus);
}

function busOf(fact: Fact): string {
  if ('delivery' in fact) return fact.delivery.event.bus;
  return 'bus' in fact ? fact.bus : fact.event.bus;
}
