import { type Conditions, type Field, type FieldValue, fieldsOf, type Matcher } from '../language/pattern.js';
import { type EventReader, ManyValues } from '../readers/event-reader.js';
import type { PathTrie } from '../readers/path-trie.js';
import { matchesPattern } from './match-pattern.js';
import { anyTest, type ValueTest } from './value-test.js';

/** A field whose path has a slot. Rules that ask the same of the same path share one, so it is tested once per event. */
export class SharedField implements Field {
  // What a match reads comes first, so that it shares a cache line.
  #mark = 0;
  #result = false;
  #test: ValueTest | undefined;
  readonly slot: number;
  readonly allowsAbsence: boolean;
  references = 0;
  readonly path: string;
  readonly source: string;
  readonly matchers: readonly Matcher[];

  constructor(field: Field, slot: number) {
    this.slot = slot;
    this.path = field.path;
    this.source = field.source;
    this.matchers = field.matchers;
    this.allowsAbsence = field.allowsAbsence;
  }

  /** Whether some value of the event satisfies the list, or the list allows absence and there is no value. */
  holds(event: EventReader, mark: number): boolean {
    if (this.#mark === mark) return this.#result;
    const value = event.read(this.slot);
    if (value === undefined) this.#result = this.allowsAbsence;
    else {
      // Most fields of a large index are never tested, so the test is made on first use.
      this.#test ??= anyTest(this.matchers);
      this.#result = value instanceof ManyValues ? someHolds(value.values, this.#test) : this.#test(value);
    }
    this.#mark = mark;
    return this.#result;
  }

  /**
   * Whether no rule with this field can match. Where a list allows absence and its values are inside arrays, some element may
   * lack them.
   */
  rulesOut(event: EventReader, mark: number): boolean {
    return !this.holds(event, mark) && !(this.allowsAbsence && event.isNested);
  }
}

function someHolds(values: readonly FieldValue[], test: ValueTest): boolean {
  for (let i = 0; i < values.length; i++) if (test(values[i] as FieldValue)) return true;
  return false;
}

/** The fields of many rules, each stored once. */
export class SharedFieldPool<Shared extends SharedField> {
  readonly #trie: PathTrie;
  readonly #make: (field: Field, slot: number) => Shared;
  /** By path, then by the list's text. */
  readonly #fields = new Map<string, Map<string, Shared>>();

  constructor(trie: PathTrie, make: (field: Field, slot: number) => Shared) {
    this.#trie = trie;
    this.#make = make;
  }

  acquire(field: Field): Shared {
    const byList = this.#fields.get(field.path) ?? new Map<string, Shared>();
    if (byList.size === 0) this.#fields.set(field.path, byList);
    let shared = byList.get(field.source);
    if (shared === undefined) {
      shared = this.#make(field, this.#trie.acquire(field.path));
      byList.set(field.source, shared);
    }
    shared.references++;
    return shared;
  }

  release(field: Shared): void {
    if (--field.references > 0) return;
    this.#trie.release(field.slot);
    const byList = this.#fields.get(field.path);
    byList?.delete(field.source);
    if (byList?.size === 0) this.#fields.delete(field.path);
  }
}

/** One pattern under an id, tested exactly. */
export class Rule<Id, Shared extends SharedField = SharedField> {
  // What a match reads comes first, so that it shares a cache line.
  #mark = 0;
  removed = false;
  /** Whether it has no `$or`: then every field must hold. */
  readonly isConjunction: boolean;
  /** Whether branches share parts: then only the reference matcher visits each part once. */
  readonly #sharesBranches: boolean;
  /** Every field, including those in `$or`s. */
  readonly fields: readonly Shared[];
  readonly conditions: Conditions<Shared>;

  constructor(
    readonly id: Id,
    /** The position of the id among all ids. */
    readonly rank: number,
    conditions: Conditions,
    fields: SharedFieldPool<Shared>,
  ) {
    const known = new Map<Conditions, Conditions<Shared>>();
    let sharesBranches = false;
    const convert = (part: Conditions): Conditions<Shared> => {
      const existing = known.get(part);
      if (existing !== undefined) {
        sharesBranches = true;
        return existing;
      }
      const converted = {
        fields: part.fields.map((field) => fields.acquire(field)),
        ors: part.ors.length === 0 ? none : part.ors.map((branches) => branches.map(convert)),
      };
      known.set(part, converted);
      return converted;
    };
    this.conditions = convert(conditions);
    this.isConjunction = conditions.ors.length === 0;
    this.#sharesBranches = sharesBranches;
    this.fields = this.isConjunction ? this.conditions.fields : fieldsOf(this.conditions);
  }

  /** Returns true once for each mark: a rule with several placements is tested once per event. */
  markVisited(mark: number): boolean {
    if (this.#mark === mark || this.removed) return false;
    this.#mark = mark;
    return true;
  }

  /** Whether the event matches, exactly. */
  matches(event: EventReader, mark: number): boolean {
    const { fields } = this.conditions;
    for (let i = 0; i < fields.length; i++) if ((fields[i] as Shared).rulesOut(event, mark)) return false;
    if (this.isConjunction && !event.isNested) return true;
    if (this.#sharesBranches || this.#fieldsMeetInArrays(event)) return matchesPattern(this.conditions, event.scope());
    return fieldsHoldIndependently(this.conditions, event, mark);
  }

  /** Fields bind each other only where two of them are inside the elements of arrays. */
  #fieldsMeetInArrays(event: EventReader): boolean {
    if (this.fields.length < 2) return false;
    let inArrays = 0;
    for (let i = 0; i < this.fields.length; i++) {
      if (event.inArray((this.fields[i] as Shared).slot) && ++inArrays > 1) return true;
    }
    return false;
  }
}

const none: readonly (readonly Conditions<never>[])[] = [];

/** Whether conditions hold whose fields do not bind each other. */
function fieldsHoldIndependently({ fields, ors }: Conditions<SharedField>, event: EventReader, mark: number): boolean {
  for (let i = 0; i < fields.length; i++) if (!(fields[i] as SharedField).holds(event, mark)) return false;
  return ors.every((branches) => branches.some((branch) => fieldsHoldIndependently(branch, event, mark)));
}
