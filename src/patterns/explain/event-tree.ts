import type { Found } from './explain-field.js';

type Tree = { readonly [name: string]: unknown };

/** What stands at a dotted path that holds no value, found by walking the event's own names. */
export function findInstead(event: unknown, path: string): Omit<Found, 'values'> {
  const holders = holdersOf(event, path);
  for (const { holder, name } of holders) {
    if (!Object.hasOwn(holder, name)) continue;
    const there = holder[name];
    if (Array.isArray(there)) return { instead: 'an array without values', hint: undefined };
    if (typeof there === 'object' && there !== null) return { instead: 'an object', hint: undefined };
  }
  for (const { holder, name, base } of holders) {
    const similar = Object.keys(holder).find((other) => other !== name && plain(other) === plain(name));
    if (similar !== undefined) return { instead: undefined, hint: `the event has ${base}${similar}` };
  }
  return { instead: undefined, hint: holders.length > 0 ? undefined : valueOnTheWay(event, path) };
}

/** A value where the path leads on, such as a `detail` that is JSON text inside a string. */
function valueOnTheWay(event: unknown, path: string): string | undefined {
  const names = path.split('.');
  for (let length = 1; length < names.length; length++) {
    const base = names.slice(0, length).join('.');
    for (const { holder, name } of holdersOf(event, base)) {
      const there = Object.hasOwn(holder, name) ? holder[name] : undefined;
      if (there !== undefined && typeof there !== 'object') return `${base} is a ${typeof there}`;
    }
    if (length === mostSteps) return undefined;
  }
  return undefined;
}

/** Deeper than this nobody looks for a hint. */
const mostSteps = 20;

/** The path of the innermost array that all these paths lead through. */
export function commonArray(event: unknown, paths: readonly string[]): string | undefined {
  const [first = '', ...others] = paths;
  const names = first.split('.');
  for (let length = names.length - 1; length > 0; length--) {
    const base = names.slice(0, length).join('.');
    if (!others.every((path) => path.startsWith(`${base}.`))) continue;
    for (const { holder, name } of holdersOf(event, base)) if (Array.isArray(holder[name])) return base;
  }
  return undefined;
}

interface Holder {
  readonly holder: Tree;
  readonly name: string;
  readonly base: string;
}

/** The objects in which the path's last name could stand. */
function holdersOf(event: unknown, path: string): readonly Holder[] {
  const names = path.split('.');
  const name = names.pop() as string;
  let level = objectsIn(event);
  for (const step of names)
    level = level.flatMap((holder) => (Object.hasOwn(holder, step) ? objectsIn(holder[step]) : []));
  const base = names.map((step) => `${step}.`).join('');
  return level.map((holder) => ({ holder, name, base }));
}

function objectsIn(value: unknown): readonly Tree[] {
  const found: Tree[] = [];
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (Array.isArray(next)) for (const element of next) open.push(element);
    else if (typeof next === 'object' && next !== null) found.push(next as Tree);
  }
  return found;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '');
}
