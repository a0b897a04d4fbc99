import { readEvent } from './event-scope.js';
import { matchesPattern } from './match-pattern.js';
import { requirePattern } from './parse-pattern.js';
import { pathsOf } from './paths-of.js';

/** A pattern made ready to be tested against many events. */
export interface CompiledPattern {
  /**
   * Whether the event, as JSON text or as an object, matches. Throws a `ValidationException` for text that is not one JSON
   * object, and for an object that has no JSON text.
   */
  test(event: string | object): boolean;
}

/**
 * Reads a pattern once, for many events. Throws an `InvalidEventPatternException` with the service's sentence for an invalid
 * one.
 */
export function compilePattern(pattern: string | object): CompiledPattern {
  const parsed = requirePattern(pattern);
  const paths = pathsOf(parsed.conditions);
  return { test: (event) => matchesPattern(parsed, readEvent(event, paths.root)) };
}
