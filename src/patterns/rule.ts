import type { EventReader } from './event-reader.js';
import { matchesPattern } from './match-pattern.js';
import { fieldsOf } from './paths-of.js';
import type { Conditions } from './pattern.js';
import { type Placement, placementsOf } from './placement.js';
import type { SharedField, SharedFields } from './shared-field.js';

/** One pattern of an index, under the id's entry that it belongs to. */
export class Rule<Entry> {
  readonly conditions: Conditions<SharedField>;
  /** Every field, also those in `$or`s. */
  readonly fields: readonly SharedField[];
  /** Whether branches share parts: then only the reference matcher takes each part once. */
  readonly #shared: boolean;
  readonly placements: readonly Placement<Entry>[];
  removed = false;
  #mark = 0;

  constructor(
    readonly entry: Entry,
    conditions: Conditions,
    fields: SharedFields,
  ) {
    const known = new Map<Conditions, Conditions<SharedField>>();
    let shared = false;
    const convert = (part: Conditions): Conditions<SharedField> => {
      const before = known.get(part);
      if (before !== undefined) {
        shared = true;
        return before;
      }
      const made = {
        fields: part.fields.map((field) => fields.acquire(field)),
        ors: part.ors.length === 0 ? none : part.ors.map((branches) => branches.map(convert)),
      };
      known.set(part, made);
      return made;
    };
    this.conditions = convert(conditions);
    this.fields = conditions.ors.length === 0 ? this.conditions.fields : fieldsOf(this.conditions);
    this.#shared = shared;
    this.placements = placementsOf(this);
  }

  /** True once for each mark: a rule that is filed in several places is verified once an event. */
  isDue(mark: number): boolean {
    if (this.#mark === mark || this.removed) return false;
    this.#mark = mark;
    return true;
  }

  /** The exact answer. */
  matches(event: EventReader, mark: number): boolean {
    const { fields, ors } = this.conditions;
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i] as SharedField;
      if (!field.allowsAbsence && !field.holds(event, mark)) return false;
    }
    if (this.#shared || this.#meetsInArrays(event)) {
      return matchesPattern({ text: '', conditions: this.conditions }, event.scope());
    }
    for (let i = 0; i < fields.length; i++) if (!(fields[i] as SharedField).holds(event, mark)) return false;
    for (let i = 0; i < ors.length; i++) if (!this.#someHolds(ors[i] as Branches, event, mark)) return false;
    return true;
  }

  /** Fields bind each other only where two of them lie inside the elements of arrays. */
  #meetsInArrays(event: EventReader): boolean {
    if (this.fields.length < 2) return false;
    let inArrays = 0;
    for (let i = 0; i < this.fields.length; i++) {
      if (event.inArray((this.fields[i] as SharedField).slot) && ++inArrays > 1) return true;
    }
    return false;
  }

  #someHolds(branches: Branches, event: EventReader, mark: number): boolean {
    return branches.some(
      ({ fields, ors }) =>
        fields.every((field) => field.holds(event, mark)) && ors.every((inner) => this.#someHolds(inner, event, mark)),
    );
  }
}

type Branches = readonly Conditions<SharedField>[];

const none: readonly Branches[] = [];
