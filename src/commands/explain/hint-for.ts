import { envelopeMembers } from '../../events/envelope.js';
import { type Difference, explainPattern } from '../../patterns/explain/explain-pattern.js';
import { requirePattern } from '../../patterns/language/parse-pattern.js';
import { type Field, fieldsOf } from '../../patterns/language/pattern.js';
import { normalizeName } from '../../testing/expectations/pattern-mistake.js';

type Tree = Record<string, unknown>;

/** How many members are searched for a hint. */
const maxVisited = 2000;
const maxTried = 20;

/** Returns the probable reason for a difference and how to fix it; `undefined` if there is none. */
export function hintFor(difference: Difference, pattern: string, eventText: string): string | undefined {
  switch (difference.kind) {
    case 'array':
      return 'conditions on an array of objects must all hold for one of the objects';
    case 'or':
      for (const branch of difference.branches) {
        for (const found of branch) {
          const hint = hintFor(found, pattern, eventText);
          if (hint !== undefined) return hint;
        }
      }
      return undefined;
    case 'field':
      return fieldHint(difference.path, pattern, eventText);
  }
}

function fieldHint(path: string, pattern: string, eventText: string): string | undefined {
  const event = JSON.parse(eventText) as Tree;
  const names = path.split('.');
  const values = valuesAt(event, names);
  const field = fieldsOf<Field>(requirePattern(pattern).conditions).find((found) => found.path === path);
  if (field === undefined) return undefined;
  if (values.length === 0) return missingHint(names, event);
  for (const value of values.slice(0, maxTried)) {
    const hint = valueHint(value, field);
    if (hint !== undefined) return hint;
  }
  return undefined;
}

function valueHint(value: unknown, field: Field): string | undefined {
  if (value === null) return undefined;
  if (typeof value === 'object') return 'patterns match values, not objects: match one of its members';
  const wanted = operandLike(field, value);
  if (wanted !== undefined) {
    return `patterns are case-sensitive: send ${JSON.stringify(wanted)}, or match with {"equals-ignore-case": ${JSON.stringify(wanted)}}`;
  }
  const matched = (other: unknown) =>
    explainPattern(`{"value":${field.source}}`, JSON.stringify({ value: other })).matches;
  const other = conversions(value).find(matched);
  if (other === undefined) return undefined;
  if (typeof other === typeof value) return `there are spaces around it: send ${JSON.stringify(other)}`;
  return `the producer sends a ${typeof value}, and EventBridge does not convert it: send ${JSON.stringify(other)}`;
}

/** Returns the values that the producer may have intended. */
function conversions(value: unknown): readonly unknown[] {
  if (typeof value !== 'string') return [String(value)];
  const trimmed = value.trim();
  const number = trimmed === '' ? Number.NaN : Number(trimmed);
  return [
    ...(trimmed === value ? [] : [trimmed]),
    ...(Number.isFinite(number) ? [number] : []),
    ...(trimmed === 'true' || trimmed === 'false' ? [trimmed === 'true'] : []),
  ];
}

/** Returns an operand that differs from the value in case only. */
function operandLike({ matchers }: Field, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  for (const matcher of matchers) {
    if (matcher.kind !== 'equals' || typeof matcher.operand !== 'string') continue;
    if (matcher.operand.toLowerCase() === value.toLowerCase()) return matcher.operand;
  }
  return undefined;
}

function missingHint(names: readonly string[], event: Tree): string | undefined {
  const path = names.join('.');
  const [top = ''] = names;
  const intended = envelopeMembers.find((name) => normalizeName(name) === normalizeName(top));
  if (intended !== undefined && intended !== top) {
    return `events have "${intended}", not "${top}": with this pattern the rule never fires`;
  }
  const otherPath = findPath(event, names.at(-1) as string);
  if (otherPath !== undefined) return `the event has ${otherPath}, the pattern requires ${path}`;
  return intended === undefined ? `events have no "${top}": their own data is in "detail"` : undefined;
}

/** Returns the path of a member of this name, or of one that is spelled similarly. */
function findPath(event: Tree, name: string): string | undefined {
  let similar: string | undefined;
  const open: { readonly value: unknown; readonly path: string }[] = [{ value: event, path: '' }];
  for (let i = 0; i < open.length && i < maxVisited; i++) {
    const { value, path } = open[i] as (typeof open)[number];
    if (typeof value !== 'object' || value === null) continue;
    const isList = Array.isArray(value);
    for (const [key, inner] of Object.entries(value).slice(0, maxVisited)) {
      const at = isList ? path : path === '' ? key : `${path}.${key}`;
      if (!isList && key === name) return at;
      if (!isList && normalizeName(key) === normalizeName(name)) similar ??= at;
      open.push({ value: inner, path: at });
    }
  }
  return similar;
}

/** Returns the values at a path, also within arrays. */
function valuesAt(event: Tree, names: readonly string[]): readonly unknown[] {
  let level: unknown[] = [event];
  for (const name of names) {
    level = level.flatMap((at) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? elementsOf((at as Tree)[name]) : [],
    );
  }
  return level;
}

function elementsOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value];
}
