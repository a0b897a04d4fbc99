import type { Conditions } from '../language/pattern.js';
import { fieldsOf } from '../language/pattern-branches.js';
import type { EventReader } from '../readers/event-reader.js';
import { matchesPattern } from '../reference/match-pattern.js';
import { type Placement, placementsOf } from './placement.js';
import type { SharedField, SharedFields } from './shared-field.js';

/** One pattern of an index, under an id. What a match reads stands first, where it shares a line of memory. */
export class Rule<Id> {
  #mark = 0;
  removed = false;
  /** Whether it has no `$or`: then every field must hold. */
  readonly isPlain: boolean;
  /** Whether branches share parts: then only the reference matcher takes each part once. */
  readonly #isEntangled: boolean;
  /** Every field, also those in `$or`s. */
  readonly fields: readonly SharedField[];
  readonly conditions: Conditions<SharedField>;
  readonly placements: readonly Placement<Id>[];

  constructor(
    readonly id: Id,
    /** The place of the id among all ids. */
    readonly order: number,
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
    this.isPlain = conditions.ors.length === 0;
    this.#isEntangled = shared;
    this.fields = this.isPlain ? this.conditions.fields : fieldsOf(this.conditions);
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
    const { fields } = this.conditions;
    for (let i = 0; i < fields.length; i++) if ((fields[i] as SharedField).excludes(event, mark)) return false;
    if (this.isPlain && !event.isNested) return true;
    if (this.#isEntangled || this.#meetsInArrays(event)) return this.#matchesByReference(event);
    return holdsApart(this.conditions, event, mark);
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

  #matchesByReference(event: EventReader): boolean {
    return matchesPattern({ text: '', conditions: this.conditions }, event.scope());
  }
}

/** Whether conditions hold whose fields do not bind each other. */
function holdsApart({ fields, ors }: Conditions<SharedField>, event: EventReader, mark: number): boolean {
  for (let i = 0; i < fields.length; i++) if (!(fields[i] as SharedField).holds(event, mark)) return false;
  return ors.every((branches) => branches.some((branch) => holdsApart(branch, event, mark)));
}

const none: readonly (readonly Conditions<SharedField>[])[] = [];
