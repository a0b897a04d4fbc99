/**
 * The pattern language read word by word, to judge the matchers by. Every `$or` is multiplied out, the event is flattened to
 * (path, value, the array elements it lies in), and every consistent choice of one value per path is tried, in the order of
 * the paths. It shares no code with the library and is exponential.
 */

export type Scalar = string | number | boolean | null;
/** Members are pairs, so that a name may stand twice. */
export type EventValue =
  | { readonly kind: 'scalar'; readonly value: Scalar }
  | { readonly kind: 'array'; readonly elements: readonly EventValue[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, EventValue])[] };
export type PatternMembers = readonly (readonly [string, PatternValue])[];
export type PatternValue =
  | { readonly kind: 'list'; readonly elements: readonly ListElement[] }
  | { readonly kind: 'object'; readonly members: PatternMembers }
  | { readonly kind: 'or'; readonly branches: readonly PatternMembers[] };
export type ListElement = Scalar | { readonly exists: boolean } | { readonly 'anything-but': readonly Scalar[] };

type Rule = ReadonlyMap<string, readonly ListElement[]>;
/** Which element was taken of which array. */
type Memberships = ReadonlyMap<EventValue, number>;

interface Leaf {
  readonly path: string;
  readonly value: Scalar;
  readonly memberships: Memberships;
}

export function matchesByBruteForce(pattern: PatternMembers, event: EventValue): boolean {
  const leaves: Leaf[] = [];
  flatten(event, undefined, new Map(), leaves);
  return multiplyOut(pattern, '', [new Map()]).some((rule) => holds(rule, leaves));
}

/** Each rule so far, with these members written over it. */
function multiplyOut(members: PatternMembers, base: string, rules: readonly Rule[]): readonly Rule[] {
  let written = rules;
  for (const [name, value] of members) {
    const path = base === '' ? name : `${base}.${name}`;
    switch (value.kind) {
      case 'list':
        written = written.map((rule) => new Map([...rule, [path, value.elements]]));
        break;
      case 'object':
        written = multiplyOut(value.members, path, written);
        break;
      case 'or': {
        const before = written;
        written = value.branches.flatMap((branch) => multiplyOut(branch, base, before));
      }
    }
  }
  return written;
}

function flatten(value: EventValue, path: string | undefined, memberships: Memberships, into: Leaf[]): void {
  switch (value.kind) {
    case 'scalar':
      into.push({ path: path ?? '', value: value.value, memberships });
      return;
    case 'object':
      for (const [name, member] of value.members) {
        flatten(member, path === undefined ? name : `${path}.${name}`, memberships, into);
      }
      return;
    case 'array':
      for (const [index, element] of value.elements.entries()) {
        // Only objects and arrays inside an array know which element they are.
        const within = element.kind === 'scalar' ? memberships : new Map([...memberships, [value, index]]);
        flatten(element, path, within, into);
      }
  }
}

function holds(rule: Rule, leaves: readonly Leaf[]): boolean {
  const paths = [...rule.keys()].sort();
  const search = (next: number, chosen: Memberships): boolean => {
    const path = paths[next];
    if (path === undefined) return true;
    const list = rule.get(path) ?? [];
    const reachable = leaves.filter((leaf) => leaf.path === path && agree(leaf.memberships, chosen));
    if (reachable.length === 0) return list.some(wantsAbsence) && search(next + 1, chosen);
    return reachable.some(
      ({ value, memberships }) =>
        list.some((element) => accepts(element, value)) && search(next + 1, new Map([...chosen, ...memberships])),
    );
  };
  return search(0, new Map());
}

function agree(one: Memberships, other: Memberships): boolean {
  return [...one].every(([array, index]) => !other.has(array) || other.get(array) === index);
}

function wantsAbsence(element: ListElement): boolean {
  return typeof element === 'object' && element !== null && 'exists' in element && !element.exists;
}

function accepts(element: ListElement, value: Scalar): boolean {
  if (typeof element !== 'object' || element === null) return element === value;
  return 'exists' in element ? element.exists : !element['anything-but'].includes(value);
}
