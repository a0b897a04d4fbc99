import { Bucket } from './bucket.js';
import { ObjectEvent } from './object-event.js';
import { requirePattern } from './parse-pattern.js';
import { PathTrie } from './path-trie.js';
import { Rule } from './rule.js';
import { SharedFields } from './shared-field.js';
import { TextEvent } from './text-event.js';

/** An id and its patterns. */
interface Entry<Id> {
  readonly id: Id;
  /** Grows with each id that is added first. */
  readonly order: number;
  rules: readonly Rule<Entry<Id>>[];
  mark: number;
}

/**
 * Many patterns, each under an id of any type, and the ids that match an event. However many there are, an event is compared
 * only with those that its values lead to; adding and deleting touch only the places where a pattern is filed.
 *
 * A text given to `match` is trusted to be one valid JSON object in which no two members spell the same path. It is read once
 * from front to back, no further than to where nothing that follows can change the answer. To have the text checked, use
 * `testPattern` or `compilePattern`.
 */
export class RuleIndex<Id> {
  readonly #entries = new Map<Id, Entry<Id>>();
  readonly #trie = new PathTrie();
  readonly #fields = new SharedFields(this.#trie);
  readonly #root = new Bucket<Entry<Id>>([], [], undefined);
  readonly #text = new TextEvent(this.#trie);
  #object: ObjectEvent | undefined = new ObjectEvent(this.#trie);
  #mark = 0;
  #order = 0;

  /** The number of ids. */
  get size(): number {
    return this.#entries.size;
  }

  /**
   * Adds a pattern, as JSON text or as an object. Under an id that is there already either pattern may match. Throws an
   * `InvalidEventPatternException` for an invalid one, and then nothing is added.
   */
  add(id: Id, pattern: string | object): void {
    const { conditions } = requirePattern(pattern);
    const entry = this.#entries.get(id) ?? { id, order: this.#order++, rules: none, mark: 0 };
    this.#entries.set(id, entry);
    const rule = new Rule(entry, conditions, this.#fields);
    entry.rules = entry.rules.length === 0 ? [rule] : [...entry.rules, rule];
    for (const placement of rule.placements) this.#root.add(placement);
  }

  /** Removes every pattern of an id; true if there were any. */
  delete(id: Id): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    this.#entries.delete(id);
    for (const rule of entry.rules) {
      rule.removed = true;
      for (const placement of rule.placements) placement.remove();
      for (const field of rule.fields) this.#fields.release(field);
    }
    return true;
  }

  /**
   * The ids of which some pattern matches the event, in the order in which they were first added. An event given as an object
   * means its JSON text.
   */
  match(event: string | object): Id[] {
    const matching: Rule<Entry<Id>>[] = [];
    const mark = ++this.#mark;
    if (typeof event === 'string') {
      this.#text.begin(event);
      this.#root.match({ event: this.#text, mark, matching });
      return this.#idsOf(matching, mark);
    }
    // An object may run code of its own, which may come back here: then it needs a reader of its own.
    const reader = this.#object ?? new ObjectEvent(this.#trie);
    this.#object = undefined;
    try {
      reader.begin(event);
      this.#root.match({ event: reader, mark, matching });
    } finally {
      this.#object = reader;
    }
    return this.#idsOf(matching, mark);
  }

  #idsOf(rules: readonly Rule<Entry<Id>>[], mark: number): Id[] {
    const entries: Entry<Id>[] = [];
    let sorted = true;
    let last = -1;
    for (const { entry } of rules) {
      if (entry.mark === mark) continue;
      entry.mark = mark;
      entries.push(entry);
      if (entry.order < last) sorted = false;
      last = entry.order;
    }
    if (!sorted) entries.sort((a, b) => a.order - b.order);
    return entries.map((entry) => entry.id);
  }
}

const none: readonly never[] = [];
