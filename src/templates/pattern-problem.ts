import { nodeJson } from './node-json.js';
import type { Place } from './place.js';
import { Problem } from './template-error.js';
import type { TemplateNode } from './template-node.js';

const source = /\s*at \[Source: .*; line: (\d+), column: (\d+)\]\s*$/s;

/** A refused pattern, at the value that the service's sentence points to in the pattern's JSON text. */
export function patternProblem(pattern: TemplateNode, message: string): Problem {
  const [where, line, column] = source.exec(message) ?? [];
  if (where === undefined || line !== '1' || pattern.kind === 'scalar') {
    return new Problem(pattern.place, message.replaceAll('\n', ' '));
  }
  // The service was recorded to point behind what it read.
  const place = placeAt(pattern, Number(column) - 2, 0).place;
  return new Problem(place, message.slice(0, -where.length));
}

/** The innermost value whose JSON text has the character at `offset`; `start` is where the text of `node` begins. */
function placeAt(node: TemplateNode, offset: number, start: number): { readonly place: Place } {
  let at = start + 1;
  if (node.kind === 'list') {
    for (const item of node.items) {
      const end = at + nodeJson(item).length;
      if (offset < end) return placeAt(item, offset, at);
      at = end + 1;
    }
  }
  if (node.kind === 'map') {
    for (const [name, { place, value }] of node.members) {
      const behindName = at + JSON.stringify(name).length + 1;
      const end = behindName + nodeJson(value).length;
      if (offset < behindName) return { place };
      if (offset < end) return placeAt(value, offset, behindName);
      at = end + 1;
    }
  }
  return node;
}
