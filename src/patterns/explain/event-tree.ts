import type { Found } from './explain-field.js';

type Tree = { readonly [name: string]: unknown };

/** Describes what an event has at a dotted path without a value, or a similar path that it has. */
export function findSimilarPath(event: unknown, path: string): Omit<Found, 'values'> {
  const containers = containersWith(event, path);
  for (const { container, name } of containers) {
    if (!Object.hasOwn(container, name)) continue;
    const value = container[name];
    if (Array.isArray(value)) return { instead: 'an array without values', hint: undefined };
    if (typeof value === 'object' && value !== null) return { instead: 'an object', hint: undefined };
  }
  for (const { container, name, base } of containers) {
    const similar = Object.keys(container).find((other) => other !== name && plain(other) === plain(name));
    if (similar !== undefined) return { instead: undefined, hint: `the event has ${base}${similar}` };
  }
  return { instead: undefined, hint: containers.length > 0 ? undefined : nonObjectOnPath(event, path) };
}

/** Describes a value on the path that is not an object, such as a `detail` that is JSON text inside a string. */
function nonObjectOnPath(event: unknown, path: string): string | undefined {
  const names = path.split('.');
  for (let length = 1; length < names.length; length++) {
    const base = names.slice(0, length).join('.');
    for (const { container, name } of containersWith(event, base)) {
      const value = Object.hasOwn(container, name) ? container[name] : undefined;
      if (value !== undefined && typeof value !== 'object') return `${base} is a ${typeof value}`;
    }
    if (length === maxSteps) return undefined;
  }
  return undefined;
}

/** Hints are only looked for down to this depth. */
const maxSteps = 20;

/** The path of the innermost array that all these paths lead through. */
export function commonArray(event: unknown, paths: readonly string[]): string | undefined {
  const [first = '', ...others] = paths;
  const names = first.split('.');
  for (let length = names.length - 1; length > 0; length--) {
    const base = names.slice(0, length).join('.');
    if (!others.every((path) => path.startsWith(`${base}.`))) continue;
    for (const { container, name } of containersWith(event, base)) if (Array.isArray(container[name])) return base;
  }
  return undefined;
}

interface Container {
  readonly container: Tree;
  readonly name: string;
  readonly base: string;
}

/** The objects that could have the path's last name as a member. */
function containersWith(event: unknown, path: string): readonly Container[] {
  const names = path.split('.');
  const name = names.pop() as string;
  let level = objectsIn(event);
  for (const step of names)
    level = level.flatMap((container) => (Object.hasOwn(container, step) ? objectsIn(container[step]) : []));
  const base = names.map((step) => `${step}.`).join('');
  return level.map((container) => ({ container, name, base }));
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
