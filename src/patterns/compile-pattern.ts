import { readEvent } from './event-scope.js';
import { matchesPattern } from './match-pattern.js';
import { ObjectEvent } from './object-event.js';
import { requirePattern } from './parse-pattern.js';
import { PathTrie } from './path-trie.js';
import { Rule } from './rule.js';
import { SharedFields } from './shared-field.js';

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
