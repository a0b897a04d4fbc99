/** Where a walk through an input stands, from the outside in: labels of members, and places in lists from 0. */
export type MemberPath = (string | number)[];

/** The path as the service spells it: `targets.1.member.id`. */
export function spellPath(path: Readonly<MemberPath>): string {
  return path.map((step) => (typeof step === 'number' ? `${step + 1}.member` : step)).join('.');
}
