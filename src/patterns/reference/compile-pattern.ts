import { requirePattern } from '../language/parse-pattern.js';
import type { EventPattern } from '../language/pattern.js';
import type { EventReader } from '../readers/event-reader.js';
import { EventReaders } from '../readers/event-readers.js';
import { readEvent } from '../readers/event-scope.js';
import { PathTrie } from '../readers/path-trie.js';
import { matchesPattern } from './match-pattern.js';
import { Rule, SharedField, SharedFieldPool } from './rule.js';

/** A pattern that was parsed once, to be tested against many events. */
export interface CompiledPattern {
  /**
   * Tests one event.
   *
   * @param event - The event, as JSON text or as an object, which means its JSON text.
   * @returns Whether the event matches.
   * @throws {ValidationException} when the text is not one JSON object, or the object cannot be serialized to JSON where it is read.
   */
  test(event: string | object): boolean;
}

/**
 * Parses a pattern once, to test many events.
 *
 * @param pattern - An event pattern, as JSON text or as an object.
 * @throws {InvalidEventPatternException} when the pattern is invalid, with AWS's message.
 * @example
 * ```ts
 * const big = compilePattern({ detail: { total: [{ numeric: ['>', 100] }] } });
 * big.test({ source: 'com.shop', detail: { total: 120 } }); // true
 * ```
 */
export function compilePattern(pattern: string | object): CompiledPattern {
  const compiled = new PatternTest(requirePattern(pattern));
  // Bound, so that it can be passed on by itself.
  return { test: (event) => compiled.test(event) };
}

/**
 * Tests whether an event matches a pattern.
 *
 * Numbers are compared by value where a double has exactly that value, otherwise by their digits, which only text keeps. If an
 * event repeats a name within an object, every value counts.
 *
 * @param pattern - An event pattern, as JSON text or as an object.
 * @param event - The event, as JSON text or as an object, which means its JSON text.
 * @returns Whether the event matches.
 * @throws {InvalidEventPatternException} when the pattern is invalid, with AWS's message.
 * @throws {ValidationException} when the text is not one JSON object, or the object cannot be serialized to JSON where it is read.
 * @example
 * ```ts
 * testPattern({ source: ['com.shop'] }, '{"source":"com.shop","detail":{}}'); // true
 * ```
 */
export function testPattern(pattern: string | object, event: string | object): boolean {
  return compilePattern(pattern).test(event);
}

/** One parsed pattern, made ready for many events. */
export class PatternTest implements CompiledPattern {
  readonly #pattern: EventPattern;
  readonly #trie = new PathTrie();
  readonly #rule: Rule<undefined>;
  readonly #readers = new EventReaders(this.#trie);
  #mark = 0;

  constructor(pattern: EventPattern) {
    this.#pattern = pattern;
    const fields = new SharedFieldPool(this.#trie, (field, slot) => new SharedField(field, slot));
    this.#rule = new Rule(undefined, 0, pattern.conditions, fields);
  }

  test(event: string | object): boolean {
    if (typeof event !== 'string') return this.matches(event);
    return matchesPattern(this.#pattern.conditions, readEvent(event, this.#trie.root));
  }

  /**
   * Tests an event as `RuleIndex.match` does: text is trusted to be one valid JSON object, and is read only as far as the result
   * requires. With `detail`, the text of the event's detail, `event` has the event's other members.
   */
  matches(event: string | object, detail?: string): boolean {
    const reader = this.#readers.begin(event, detail);
    try {
      return this.#matchesEvent(reader) || (reader.foundRepeats() && this.#matchesEvent(reader));
    } finally {
      this.#readers.release(reader);
    }
  }

  #matchesEvent(event: EventReader): boolean {
    return this.#rule.matches(event, ++this.#mark);
  }
}
