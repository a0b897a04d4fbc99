import type { Field, FieldValue, Matcher } from '../language/pattern.js';
import { type EventReader, ManyValues } from '../readers/event-reader.js';
import type { PathTrie } from '../readers/path-trie.js';
import { anyTest, type ValueTest } from '../reference/value-test.js';
import { type Anchor, anchorsOf } from './anchor.js';

/** A field as an index keeps it: rules that ask the same of the same path share one, so it is tested once an event. */
export class SharedField implements Field {
  // What a match reads stands first, where it shares a line of memory.
  #mark = 0;
  #holds = false;
  #test: ValueTest | undefined;
  readonly slot: number;
  readonly allowsAbsence: boolean;
  /** Under how many keys a rule is filed by this field; 0: it says nothing definite about its value. */
  readonly keys: number;
  /** Whether a value that has the key of one of its anchors is sure to satisfy it. */
  readonly isAnchoredFully: boolean;
  uses = 0;
  readonly path: string;
  readonly source: string;
  readonly matchers: readonly Matcher[];

  constructor(field: Field, slot: number) {
    this.slot = slot;
    this.path = field.path;
    this.source = field.source;
    this.matchers = field.matchers;
    this.allowsAbsence = field.allowsAbsence;
    const anchors = field.allowsAbsence ? undefined : anchorsOf(field.matchers);
    this.keys = anchors?.length ?? 0;
    this.isAnchoredFully = anchors?.every((anchor) => anchor.full) === true;
  }

  /** Made each time: they are wanted only when rules come and go, and would be kept for each of many fields. */
  anchors(): readonly Anchor[] {
    return (this.keys > 0 ? anchorsOf(this.matchers) : undefined) ?? [];
  }

  /** Whether some value of the event satisfies the list, or it wants none and there is none. */
  holds(event: EventReader, mark: number): boolean {
    if (this.#mark === mark) return this.#holds;
    const found = event.read(this.slot);
    if (found === undefined) this.#holds = this.allowsAbsence;
    else {
      // Most fields of many are never tested, so the test is made when it is first needed.
      this.#test ??= anyTest(this.matchers);
      this.#holds = found instanceof ManyValues ? someHolds(found.values, this.#test) : this.#test(found);
    }
    this.#mark = mark;
    return this.#holds;
  }

  /**
   * Whether no rule that asks for this can match. Where a list allows absence and its values lie in arrays, some element may be
   * without them.
   */
  excludes(event: EventReader, mark: number): boolean {
    return !this.holds(event, mark) && !(this.allowsAbsence && event.isNested);
  }
}

function someHolds(values: readonly FieldValue[], test: ValueTest): boolean {
  for (let i = 0; i < values.length; i++) if (test(values[i] as FieldValue)) return true;
  return false;
}

/** The fields of an index's rules, each kept once. */
export class SharedFields {
  /** By path, then by the list's text. */
  readonly #fields = new Map<string, Map<string, SharedField>>();

  constructor(readonly trie: PathTrie) {}

  acquire(field: Field): SharedField {
    const known = this.#fields.get(field.path) ?? new Map<string, SharedField>();
    if (known.size === 0) this.#fields.set(field.path, known);
    let shared = known.get(field.source);
    if (shared === undefined) {
      shared = new SharedField(field, this.trie.acquire(field.path));
      known.set(field.source, shared);
    }
    shared.uses++;
    return shared;
  }

  release(field: SharedField): void {
    if (--field.uses > 0) return;
    this.trie.release(field.slot);
    const known = this.#fields.get(field.path);
    known?.delete(field.source);
    if (known?.size === 0) this.#fields.delete(field.path);
  }
}
