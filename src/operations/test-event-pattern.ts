import { invalid } from '../base/service-error.js';
import { compilePattern } from '../patterns/reference/compile-pattern.js';

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

export function testEventPattern(_: unknown, input: TestEventPatternRequest): TestEventPatternResponse {
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
