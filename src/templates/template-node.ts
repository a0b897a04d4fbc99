import { below, type Place } from './place.js';
import { Problem } from './template-error.js';

/** A template as it is written: every value knows where it stands. */
export type TemplateNode = ScalarNode | ListNode | MapNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly place: Place;
  readonly value: string | number | boolean | null;
  /** How a number is spelled. */
  readonly spelling?: string | undefined;
}

export interface ListNode {
  readonly kind: 'list';
  readonly place: Place;
  readonly items: readonly TemplateNode[];
}

export interface MapNode {
  readonly kind: 'map';
  readonly place: Place;
  readonly members: ReadonlyMap<string, Member>;
}

export interface Member {
  /** Of the name, not of the value. */
  readonly place: Place;
  readonly value: TemplateNode;
}

export function scalar(place: Place, value: ScalarNode['value'], spelling?: string): ScalarNode {
  return spelling === undefined ? { kind: 'scalar', place, value } : { kind: 'scalar', place, value, spelling };
}

export function list(place: Place, items: readonly TemplateNode[]): ListNode {
  return { kind: 'list', place, items };
}

/** Of the members that are there. */
export function map(place: Place, members: Readonly<Record<string, TemplateNode | undefined>>): MapNode {
  const found = Object.entries(members).flatMap(([name, value]): [string, Member][] =>
    value === undefined ? [] : [[name, { place: value.place, value }]],
  );
  return { kind: 'map', place, members: new Map(found) };
}

/** `{ "Fn::GetAtt": ["BillFunction", "Arn"] }` and its like. */
export function call(place: Place, name: string, ...args: (string | TemplateNode)[]): MapNode {
  const nodes = args.map((arg) => (typeof arg === 'string' ? scalar(place, arg) : arg));
  return map(place, { [name]: nodes.length === 1 ? nodes[0] : list(place, nodes) });
}

/** The member of a map; `undefined` for one that is not there, and for what is no map. */
export function member(node: TemplateNode | undefined, ...names: string[]): TemplateNode | undefined {
  let found = node;
  for (const name of names) found = found?.kind === 'map' ? found.members.get(name)?.value : undefined;
  return found;
}

/** The text of a member, if it is text. */
export function textMember(node: TemplateNode | undefined, ...names: string[]): string | undefined {
  const found = member(node, ...names);
  return found?.kind === 'scalar' && typeof found.value === 'string' ? found.value : undefined;
}

/** The members of a map; nothing for what is absent or null. Throws a Problem for what is no map. */
export function membersOf(node: TemplateNode | undefined, what: string): readonly [string, Member][] {
  if (node === undefined || isNull(node)) return [];
  if (node.kind !== 'map') throw new Problem(node.place, `${what} must be an object, but is ${describeNode(node)}`);
  return [...node.members];
}

/** The items of a list; nothing for what is absent or null. Throws a Problem for what is no list. */
export function itemsOf(node: TemplateNode | undefined, what: string): readonly TemplateNode[] {
  if (node === undefined || isNull(node)) return [];
  if (node.kind !== 'list') throw new Problem(node.place, `${what} must be a list, but is ${describeNode(node)}`);
  return node.items;
}

/** Whether this is an intrinsic function. */
export function isCall(node: TemplateNode): boolean {
  if (node.kind !== 'map' || node.members.size !== 1) return false;
  const [name = ''] = node.members.keys();
  return name === 'Ref' || name.startsWith('Fn::');
}

export function isNull(node: TemplateNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

/** `a string`, `an object`: for sentences. */
export function describeNode(node: TemplateNode): string {
  if (node.kind !== 'scalar') return node.kind === 'list' ? 'a list' : 'an object';
  return node.value === null ? 'null' : `a ${typeof node.value}`;
}

/** What a template given as an object becomes. `levels` bounds how deep it may be. */
export function nodeOf(value: unknown, place: Place, levels: number): TemplateNode {
  if (levels === 0) throw new Problem(place, 'the template is nested too deeply');
  if (Array.isArray(value)) {
    return list(
      place,
      value.map((item, index) => nodeOf(item, below(place, index), levels - 1)),
    );
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, item]): [string, Member] => {
      const at = below(place, name);
      return [name, { place: at, value: nodeOf(item, at, levels - 1) }];
    });
    return { kind: 'map', place, members: new Map(members) };
  }
  return scalar(place, value as ScalarNode['value']);
}
