import { type Anchor, anchorsOf } from './anchor.js';
import { type EventReader, ManyValues } from './event-reader.js';
import type { PathTrie } from './path-trie.js';
import type { Field, Matcher } from './pattern.js';
import { listTest, type ValueTest } from './value-test.js';

/** A field as an index keeps it: rules that ask the same of the same path share one, so it is tested once an event. */
export class SharedField implements Field {
  readonly path: string;
  readonly source: string;
  readonly matchers: readonly Matcher[];
  readonly allowsAbsence: boolean;
  /** Where the field's rules can be filed; undefined for a field that says too little about its value. */
  readonly anchors: readonly Anchor[] | undefined;
  uses = 0;
  #mark = 0;
  #holds = false;
  #test: ValueTest | undefined;

  constructor(
    field: Field,
    readonly slot: number,
  ) {
    this.path = field.path;
    this.source = field.source;
    this.matchers = field.matchers;
    this.allowsAbsence = field.allowsAbsence;
    this.anchors = field.allowsAbsence ? undefined : anchorsOf(field.matchers);
  }

  /** Whether some value of the event satisfies the list, or it wants none and there is none. */
  holds(event: EventReader, mark: number): boolean {
    if (this.#mark === mark) return this.#holds;
    const found = event.read(this.slot);
    if (found === undefined) this.#holds = this.allowsAbsence;
    else {
      // Most fields of many are never tested, so the test is made when it is first needed.
      this.#test ??= listTest(this.matchers);
      this.#holds = found instanceof ManyValues ? found.values.some(this.#test) : this.#test(found);
    }
    this.#mark = mark;
    return this.#holds;
  }
}

/** The fields of an index's rules, each kept once. */
export class SharedFields {
  readonly #fields = new Map<string, SharedField>();

  constructor(readonly trie: PathTrie) {}

  acquire(field: Field): SharedField {
    const key = `${field.path}\n${field.source}`;
    let shared = this.#fields.get(key);
    if (shared === undefined) {
      shared = new SharedField(field, this.trie.acquire(field.path));
      this.#fields.set(key, shared);
    }
    shared.uses++;
    return shared;
  }

  release(field: SharedField): void {
    if (--field.uses > 0) return;
    this.#fields.delete(`${field.path}\n${field.source}`);
    this.trie.release(field.slot);
  }
}
