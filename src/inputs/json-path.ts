import type { JsonPart } from './json-part.js';

/** One step of a path into a JSON value. */
export type PathStep =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'item'; readonly index: number }
  | { readonly kind: 'all' };

const step = /\.([^.[\]*()'"\s]+)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]|\.\*|\[\*\]/suy;

/**
 * Reads the JSONPath that EventBridge knows: `$.detail.a`, `['a.b']`, `[0]`, and `*` for every member or item;
 * `undefined` for every other text. The service takes any text for a path and selects nothing by it.
 */
export function parsePath(text: string): readonly PathStep[] | undefined {
  if (!text.startsWith('$')) return undefined;
  const steps: PathStep[] = [];
  for (let at = 1; at < text.length; at = step.lastIndex) {
    step.lastIndex = at;
    const match = step.exec(text);
    if (match === null) return undefined;
    steps.push(stepOf(match));
  }
  return steps;
}

function stepOf([, plain, index, single, double]: readonly (string | undefined)[]): PathStep {
  if (index !== undefined) return { kind: 'item', index: Number(index) };
  const quoted = single ?? double;
  const name = plain ?? quoted?.replace(/\\(.)/gsu, '$1');
  return name === undefined ? { kind: 'all' } : { kind: 'member', name };
}

/**
 * The JSON text of what a path selects, `undefined` if that is nothing. From its first `*` on a path selects a list: the
 * array of whatever the rest of it reaches, which may be empty.
 */
export function selectPart(root: JsonPart, path: readonly PathStep[]): string | undefined {
  let parts: readonly JsonPart[] = [root];
  let isList = false;
  for (const next of path) {
    if (next.kind === 'all') {
      isList = true;
      parts = parts.flatMap((part) => [...part.members.values(), ...part.items]);
    } else {
      parts = parts.flatMap((part) => childOf(part, next) ?? []);
    }
    if (parts.length === 0 && !isList) return undefined;
  }
  return isList ? `[${parts.map(({ text }) => text).join(',')}]` : parts[0]?.text;
}

function childOf(part: JsonPart, next: Exclude<PathStep, { kind: 'all' }>): JsonPart | undefined {
  return next.kind === 'member' ? part.members.get(next.name) : part.items[next.index];
}
