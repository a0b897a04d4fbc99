import { PathTrie } from './path-trie.js';
import type { Conditions } from './pattern.js';

/** The paths that a pattern reads. */
export function pathsOf(conditions: Conditions): PathTrie {
  const paths = new PathTrie();
  for (const { path } of fieldsOf(conditions)) paths.acquire(path);
  return paths;
}

/** Every field of a pattern; branches that are shared count once. */
export function fieldsOf<Part>(conditions: Conditions<Part>): readonly Part[] {
  const fields: Part[] = [];
  const seen = new Set<Conditions<Part>>();
  const open = [conditions];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const field of next.fields) fields.push(field);
    for (const branches of next.ors) for (const branch of branches) open.push(branch);
  }
  return fields;
}
