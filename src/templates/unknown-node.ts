import type { Place } from './place.js';
import { map, scalar, type TemplateNode } from './template-node.js';

/** What a reader writes in place of a value that is not known: only if somebody needs the value, it is a problem. */
export const unknownName = 'Fn::Unknown';

/** `message` is what is said then. */
export function unknownNode(place: Place, message: string): TemplateNode {
  return map(place, { [unknownName]: scalar(place, message) });
}
