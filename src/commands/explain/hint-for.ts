import { envelopeMembers } from '../../events/envelope.js';
import { type Difference, explainPattern } from '../../patterns/explain/explain-pattern.js';
import { requirePattern } from '../../patterns/language/parse-pattern.js';
import { type Field, fieldsOf } from '../../patterns/language/pattern.js';

type Tree = Record<string, unknown>;

/** Further no hint is looked for. */
const maxVisited = 2000;
const maxTried = 20;

/** What is probably wrong where an event does not match, and what mends it; `undefined` where nothing is likely. */
export function hintFor(difference: Difference, pattern: string, eventText: string): string | undefined {
  switch (difference.kind) {
    case 'array':
      return 'conditions on one array of objects must hold within one and the same object';
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
  if (typeof value === 'object') return 'patterns match values, not objects: name a member of it';
  const wanted = operandLike(field, value);
  if (wanted !== undefined) {
    return `patterns compare letter by letter: send ${JSON.stringify(wanted)}, or want {"equals-ignore-case": ${JSON.stringify(wanted)}}`;
  }
  const matched = (other: unknown) =>
    explainPattern(`{"value":${field.source}}`, JSON.stringify({ value: other })).matches;
  const other = conversions(value).find(matched);
  if (other === undefined) return undefined;
  if (typeof other === typeof value) return `there are spaces around it: send ${JSON.stringify(other)}`;
  return `the producer sends a ${typeof value}, and EventBridge does not convert it: send ${JSON.stringify(other)}`;
}

/** What somebody may have meant with a value. */
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

/** A value the field wants, which differs in case only. */
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
  const meant = envelopeMembers.find((name) => plain(name) === plain(top));
  if (meant !== undefined && meant !== top) {
    return `events have "${meant}", not "${top}": with this pattern the rule never fires`;
  }
  const elsewhere = findPath(event, names.at(-1) as string);
  if (elsewhere === undefined) {
    if (meant === undefined)
      return `events have no "${top}" beside "detail": what is in an event's own data stands below "detail"`;
    return undefined;
  }
  return `the event has ${elsewhere}, the pattern wants ${path}`;
}

/** Where a member of this name stands, or of one that is spelled almost like it. */
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
      if (!isList && plain(key) === plain(name)) similar ??= at;
      open.push({ value: inner, path: at });
    }
  }
  return similar;
}

/** What stands at a path, also within arrays. */
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

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '');
}
