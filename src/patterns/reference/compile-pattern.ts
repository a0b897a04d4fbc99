import { Rule } from '../index/rule.js';
import { SharedFields } from '../index/shared-field.js';
import { requirePattern } from '../language/parse-pattern.js';
import { ObjectEvent } from '../readers/object-event.js';
import { PathTrie } from '../readers/path-trie.js';
import { readEvent } from './event-scope.js';
import { matchesPattern } from './match-pattern.js';

/** A pattern made ready to be tested against many events. */
export interface CompiledPattern {
  /**
   * Whether the event, as JSON text or as an object, matches. Throws a `ValidationException` for text that is not one JSON
   * object, and for an object that has no JSON text where the pattern looks at it.
   */
  test(event: string | object): boolean;
}

/**
 * Reads a pattern once, for many events. Throws an `InvalidEventPatternException` with the service's sentence for an invalid
 * one.
 */
export function compilePattern(pattern: string | object): CompiledPattern {
  const parsed = requirePattern(pattern);
  const trie = new PathTrie();
  const rule = new Rule(undefined, 0, parsed.conditions, new SharedFields(trie));
  let mark = 0;
  let spare: ObjectEvent | undefined = new ObjectEvent(trie);
  const testObject = (event: object): boolean => {
    // An object may run code of its own, which may come back here: then it needs a reader of its own.
    const reader = spare ?? new ObjectEvent(trie);
    spare = undefined;
    try {
      reader.begin(event);
      return rule.matches(reader, ++mark);
    } finally {
      spare = reader;
    }
  };
  return {
    test: (event) =>
      typeof event === 'string' ? matchesPattern(parsed, readEvent(event, trie.root)) : testObject(event),
  };
}

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
