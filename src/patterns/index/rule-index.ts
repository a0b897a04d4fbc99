import { requirePattern } from '../language/parse-pattern.js';
import type { EventPattern } from '../language/pattern.js';
import type { EventReader } from '../readers/event-reader.js';
import { EventReaders } from '../readers/event-readers.js';
import { PathTrie } from '../readers/path-trie.js';
import { SharedFieldPool } from '../reference/rule.js';
import { Bucket } from './bucket.js';
import type { EventMatcher } from './event-matcher.js';
import { IndexMatch } from './index-match.js';
import { AnchoredField, PlacedRule } from './placement.js';

/**
 * Finds the patterns that match an event, among any number of patterns.
 *
 * An event is compared only with the patterns that its values lead to. Adding and deleting touch only the places of one pattern.
 *
 * @example
 * ```ts
 * const index = new RuleIndex<string>();
 * index.add('big', { detail: { total: [{ numeric: ['>', 100] }] } });
 * index.match('{"source":"com.shop","detail":{"total":120}}'); // ['big']
 * ```
 */
export class RuleIndex<Id> implements EventMatcher<Id> {
  readonly #rules = new Map<Id, PlacedRule<Id>[]>();
  readonly #fields: SharedFieldPool<AnchoredField>;
  readonly #readers: EventReaders;
  readonly #root = new Bucket<Id>([], undefined);
  #mark = 0;
  #order = 0;

  constructor() {
    const trie = new PathTrie();
    this.#fields = new SharedFieldPool(trie, (field, slot) => new AnchoredField(field, slot));
    this.#readers = new EventReaders(trie);
  }

  /** The number of ids. */
  get size(): number {
    return this.#rules.size;
  }

  /**
   * Adds a pattern under an id. With several patterns under one id, an event that matches any of them matches the id.
   *
   * @param id - A value of any type, compared as a `Map` compares keys.
   * @param pattern - An event pattern, as JSON text or as an object.
   * @throws {InvalidEventPatternException} when the pattern is invalid. Nothing is added then.
   */
  add(id: Id, pattern: string | object): void {
    this.addParsed(id, requirePattern(pattern));
  }

  /** @internal */
  addParsed(id: Id, { conditions }: EventPattern): void {
    const siblings = this.#rules.get(id);
    const rule = new PlacedRule(id, siblings?.[0]?.rank ?? this.#order++, conditions, this.#fields);
    if (siblings === undefined) this.#rules.set(id, [rule]);
    else siblings.push(rule);
    for (const placement of rule.placements) this.#root.add(placement);
  }

  /**
   * Removes every pattern of an id.
   *
   * @returns Whether there were any.
   */
  delete(id: Id): boolean {
    const rules = this.#rules.get(id);
    if (rules === undefined) return false;
    this.#rules.delete(id);
    for (const rule of rules) {
      rule.removed = true;
      for (const placement of rule.placements) placement.remove();
      for (const field of rule.fields) this.#fields.release(field);
    }
    return true;
  }

  /**
   * Finds the ids with a pattern that matches an event.
   *
   * Text is trusted to be one valid JSON object, and is read only as far as the result requires. `testPattern` and
   * `compilePattern` check it.
   *
   * @param event - The event, as JSON text or as an object, which means its JSON text.
   * @param detail - The JSON text of the event's `detail`. With it, `event` is an object with the event's other members.
   * @returns The ids, in the order in which they were first added.
   * @throws {ValidationException} when the event is neither text nor an object, or cannot be serialized to JSON where it is read.
   */
  match(event: string | object, detail?: string): Id[] {
    const reader = this.#readers.begin(event, detail);
    try {
      const ids = this.#search(reader);
      return reader.foundRepeats() ? this.#search(reader) : ids;
    } finally {
      this.#readers.release(reader);
    }
  }

  #search(event: EventReader): Id[] {
    const search = new IndexMatch<Id>(event, ++this.#mark);
    this.#root.match(search, true);
    return search.ids();
  }
}
