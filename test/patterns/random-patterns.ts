import fc from 'fast-check';
import type { EventValue, PatternMembers, PatternValue } from './brute-force.js';

// A tiny alphabet makes patterns and events meet: most random pairs over a large one have nothing in common.
const plainName = fc.constantFrom('a', 'b', 'c');
export const twoNames = fc.constantFrom('a', 'b');
export const anyName = fc.oneof(
  { weight: 6, arbitrary: plainName },
  { weight: 2, arbitrary: fc.constantFrom('a.b', 'b.a', 'b.c', 'a.b.c') },
  { weight: 1, arbitrary: fc.constantFrom('', '.', 'a.', '.a') },
);
const scalar = fc.oneof(
  { weight: 4, arbitrary: fc.constant(1) },
  { weight: 1, arbitrary: fc.constantFrom(2, 'x', null) },
);
const listElement = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 3, arbitrary: fc.constant({ exists: false }) },
  { weight: 1, arbitrary: fc.constantFrom({ exists: true }, { 'anything-but': [1] }, { 'anything-but': ['x'] }) },
);

/** Events of at most `depth` levels, rich in arrays. */
export function events(name: fc.Arbitrary<string>, depth = 5): fc.Arbitrary<EventValue> {
  const value: fc.Arbitrary<EventValue> =
    depth === 1
      ? scalar.map((value) => ({ kind: 'scalar', value }))
      : fc.oneof(
          { weight: 2, arbitrary: events(name, 1) },
          { weight: 3, arbitrary: events(name, depth - 1) },
          {
            weight: 4,
            arbitrary: fc
              .array(events(name, depth - 1), { maxLength: 3 })
              .map((elements): EventValue => ({ kind: 'array', elements })),
          },
        );
  if (depth === 1) return value;
  return fc.array(fc.tuple(name, value), { maxLength: 3 }).map((members) => ({ kind: 'object', members }));
}

/** The members of patterns of at most `depth` levels, rich in `$or`s and absences. */
export function patterns(name: fc.Arbitrary<string>, depth = 3): fc.Arbitrary<PatternMembers> {
  const list = fc
    .array(listElement, { minLength: 1, maxLength: 2 })
    .map((elements): PatternValue => ({ kind: 'list', elements }));
  const field = fc.tuple(name, list);
  if (depth === 1) return fc.array(field, { minLength: 1, maxLength: 3 });
  const inner = patterns(name, depth - 1);
  const object = fc.tuple(
    name,
    inner.map((members): PatternValue => ({ kind: 'object', members })),
  );
  const or = fc
    .array(inner, { minLength: 2, maxLength: 3 })
    .map((branches): PatternMembers[number] => ['$or', { kind: 'or', branches }]);
  const member = fc.oneof(
    { weight: 5, arbitrary: field },
    { weight: 3, arbitrary: object },
    { weight: 3, arbitrary: or },
  );
  return fc.array(member, { minLength: 1, maxLength: 3 });
}

export function patternText(members: PatternMembers): string {
  const written = members.map(([name, value]) => `${JSON.stringify(name)}:${patternValueText(value)}`);
  return `{${written.join()}}`;
}

function patternValueText(value: PatternValue): string {
  switch (value.kind) {
    case 'list':
      return JSON.stringify(value.elements);
    case 'object':
      return patternText(value.members);
    case 'or':
      return `[${value.branches.map(patternText).join()}]`;
  }
}

export function eventText(value: EventValue): string {
  switch (value.kind) {
    case 'scalar':
      return JSON.stringify(value.value);
    case 'array':
      return `[${value.elements.map(eventText).join()}]`;
    case 'object':
      return `{${value.members.map(([name, member]) => `${JSON.stringify(name)}:${eventText(member)}`).join()}}`;
  }
}

/** Whether two members that can be taken together spell one path: `RuleIndex` asks for texts without such. */
export function spellsAPathTwice(value: EventValue, path = '', seen = new Set<string>()): boolean {
  if (value.kind === 'scalar') return false;
  if (value.kind === 'array') return value.elements.some((element) => spellsAPathTwice(element));
  return value.members.some(([name, member]) => {
    const inner = `${path}.${name}`;
    if (seen.has(inner)) return true;
    seen.add(inner);
    return spellsAPathTwice(member, inner, seen);
  });
}
