import { invalid } from '../../base/service-error.js';
import { compilePattern } from '../../patterns/reference/compile-pattern.js';

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
  if (!isEvent(Event)) throw invalid('Parameter Event is not valid.');
  return { Result: pattern.test(Event) };
}

function isEvent(text: string): boolean {
  try {
    const event: unknown = JSON.parse(text);
    return typeof event === 'object' && event !== null && required.every((member) => Object.hasOwn(event, member));
  } catch {
    return false;
  }
}
