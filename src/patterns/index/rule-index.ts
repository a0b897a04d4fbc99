import { requirePattern } from '../language/parse-pattern.js';
import { EnvelopeEvent } from '../readers/envelope-event.js';
import type { EventReader } from '../readers/event-reader.js';
import { ObjectEvent } from '../readers/object-event.js';
import { PathTrie } from '../readers/path-trie.js';
import { TextEvent } from '../readers/text-event.js';
import { Bucket } from './bucket.js';
import { Rule } from './rule.js';
import { Search } from './search.js';
import { SharedFields } from './shared-field.js';

/**
 * Many patterns, each under an id of any type, and the ids that match an event. However many there are, an event is compared
 * only with those that its values lead to; adding and deleting touch only the places where a pattern is filed.
 *
 * A text given to `match` is trusted to be one valid JSON object in which no two members spell the same path. It is read once
 * from front to back, no further than to where nothing that follows can change the answer. To have the text checked, use
 * `testPattern` or `compilePattern`.
 */
export class RuleIndex<Id> {
  readonly #rules = new Map<Id, Rule<Id>[]>();
  readonly #trie = new PathTrie();
  readonly #fields = new SharedFields(this.#trie);
  readonly #root = new Bucket<Id>([], undefined);
  readonly #text = new TextEvent(this.#trie);
  #object: ObjectEvent | undefined;
  #envelope: EnvelopeEvent | undefined;
  #mark = 0;
  #order = 0;

  constructor() {
    keepShapes();
  }

  /** The number of ids. */
  get size(): number {
    return this.#rules.size;
  }

  /**
   * Adds a pattern, as JSON text or as an object. Under an id that is there already either pattern may match. Throws an
   * `InvalidEventPatternException` for an invalid one, and then nothing is added.
   */
  add(id: Id, pattern: string | object): void {
    const { conditions } = requirePattern(pattern);
    const siblings = this.#rules.get(id);
    const rule = new Rule(id, siblings?.[0]?.order ?? this.#order++, conditions, this.#fields);
    if (siblings === undefined) this.#rules.set(id, [rule]);
    else siblings.push(rule);
    for (const placement of rule.placements) this.#root.add(placement);
  }

  /** Removes every pattern of an id; true if there were any. */
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
   * The ids of which some pattern matches the event, in the order in which they were first added. An event given as an object
   * means its JSON text. With `detail`, the text of the event's `detail`, an object stands for the event's other members: so
   * an envelope can be matched whose detail nobody has parsed; the text is trusted as the text of an event is.
   *
   * Throws a `ValidationException` for an event that is neither, and for an object that has no JSON text where it is looked at.
   */
  match(event: string | object, detail?: string): Id[] {
    if (typeof event === 'string') {
      this.#text.begin(event);
      return this.#matchReader(this.#text);
    }
    // An object may run code of its own, which may come back here: then it needs a reader of its own.
    if (detail !== undefined) {
      const reader = this.#envelope ?? new EnvelopeEvent(this.#trie);
      this.#envelope = undefined;
      try {
        reader.begin(event, detail);
        return this.#matchReader(reader);
      } finally {
        this.#envelope = reader;
      }
    }
    const reader = this.#object ?? new ObjectEvent(this.#trie);
    this.#object = undefined;
    try {
      reader.begin(event);
      return this.#matchReader(reader);
    } finally {
      this.#object = reader;
    }
  }

  #matchReader(event: EventReader): Id[] {
    const search = new Search<Id>(event, ++this.#mark);
    this.#root.match(search, true);
    return search.matches();
  }
}

let kept: RuleIndex<number> | undefined;

/**
 * V8 forgets the shape of a class's objects with the last of them, and with it the code made for them: a process that makes one
 * index after the other, as tests do, would run code made in haste. So a small index that holds one of each is never let go.
 */
function keepShapes(): void {
  if (kept !== undefined) return;
  kept = {} as RuleIndex<number>;
  kept = new RuleIndex();
  for (let i = 0; i < 9; i++) kept.add(i, { source: ['a', `${i}`], detail: { [`b${i}`]: [{ prefix: `${i}` }, i] } });
  const event = { source: 'a', detail: { b1: '1' } };
  kept.match(JSON.stringify(event));
  kept.match(event);
  kept.match(event, '{"b1":"1"}');
}
