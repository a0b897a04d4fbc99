import { invalid } from '../../base/service-error.js';
import { operationsOf, type Plugin } from '../../core/plugin.js';
import { putEvents } from '../../core/put-events.js';
import type { PutEventsRequest, PutEventsResponse } from '../../events/entry.js';
import {
  busArnPrefix,
  eventPattern,
  list,
  namePattern,
  requests,
  string,
  structure,
  timestamp,
} from '../../model/shape.js';
import { compilePattern } from '../../patterns/reference/compile-pattern.js';

/** An entry of PutEvents. */
export const entryShape = structure(
  'PutEventsRequestEntry',
  {
    Time: timestamp,
    Source: string(),
    Resources: list(string(undefined, 2048)),
    DetailType: string(),
    Detail: string(),
    EventBusName: string(1, 1600, busArnPrefix + namePattern),
    TraceHeader: string(1, 500),
  },
  ['kmsKeyIdentifier', 'internalMetadata'],
);

const eventShapes = requests({
  PutEvents: {
    'Entries!': list(entryShape, 1, 10),
    EndpointId: string(1, 50, '^[A-Za-z0-9\\-]+[\\.][A-Za-z0-9\\-]+$'),
  },
  TestEventPattern: { 'EventPattern!': eventPattern, 'Event!': string() },
});

/** The operations on events and patterns. */
export interface EventOperations {
  /**
   * Sends one to ten events. An entry that is wrong is rejected in its place and does not affect the others.
   *
   * The handlers run after the response.
   *
   * @throws {ValidationException} for the whole call: too many entries, too large, a malformed bus name.
   */
  putEvents(input: PutEventsRequest): Promise<PutEventsResponse>;
  /**
   * Tests whether an event matches a pattern.
   *
   * @throws {InvalidEventPatternException} for an invalid pattern.
   * @throws {ValidationException} for an event that is not the JSON text of an envelope.
   */
  testEventPattern(input: TestEventPatternRequest): Promise<TestEventPatternResponse>;
}

/** The input of TestEventPattern. */
export interface TestEventPatternRequest {
  /** The pattern's JSON text. */
  readonly EventPattern: string | undefined;
  /** The event's JSON text: an envelope, of which `resources` and `detail` may be absent. */
  readonly Event: string | undefined;
}

/** The output of TestEventPattern. */
export interface TestEventPatternResponse {
  /** Whether the event matches. */
  Result: boolean;
}

const required = ['id', 'account', 'source', 'time', 'region', 'detail-type'];

function testEventPattern(_: unknown, input: TestEventPatternRequest): TestEventPatternResponse {
  const { EventPattern = '', Event = '' } = input;
  const pattern = compilePattern(EventPattern);
  const event = readEvent(Event);
  if (event === undefined) throw invalid('Parameter Event is not valid.');
  if (!isTime(event.time)) throw invalid('Parameter Event is not valid. Reason: Invalid time.');
  return { Result: pattern.test(Event) };
}

function readEvent(text: string): { readonly time?: unknown } | undefined {
  try {
    const event: unknown = JSON.parse(text);
    if (typeof event !== 'object' || event === null) return undefined;
    return required.every((member) => Object.hasOwn(event, member)) ? event : undefined;
  } catch {
    return undefined;
  }
}

const iso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Recorded: a number and `not-a-time` are refused. Which other forms the service accepts is not known. */
function isTime(time: unknown): boolean {
  return typeof time === 'string' && iso.test(time) && !Number.isNaN(Date.parse(time));
}

const operations = operationsOf<EventOperations>(eventShapes, {
  PutEvents: putEvents,
  TestEventPattern: testEventPattern,
});

/** PutEvents and TestEventPattern. */
export function events(): Plugin<EventOperations> {
  return { name: 'events', operations, limits: { requestBytes: 1_048_576, pendingDeliveries: 10_000 } };
}
