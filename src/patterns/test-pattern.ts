import { compilePattern } from './compile-pattern.js';

/**
 * Whether an event matches a pattern, each given as JSON text or as an object. Numbers are compared by value where a double
 * holds them exactly, by spelling otherwise, so text is the exact form of an event.
 *
 * Throws an `InvalidEventPatternException` with the service's sentence for an invalid pattern, a `ValidationException` for
 * an event that is not one JSON object. Of a name that an event repeats in one object every value counts.
 */
export function testPattern(pattern: string | object, event: string | object): boolean {
  return compilePattern(pattern).test(event);
}
