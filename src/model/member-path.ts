import type { Member } from './shape.js';

/** The path of a member as the service spells it: `targets.1.member.id`. */
export function memberPath(parent: string, { label }: Member): string {
  return parent === '' ? label : `${parent}.${label}`;
}
