import { childLocation, type SourceLocation, TemplateProblemError } from './template-problem.js';

/** A template as it is written: every value knows where it stands. */
export type TemplateNode = ScalarNode | ListNode | MapNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly location: SourceLocation;
  readonly value: string | number | boolean | null;
  /** How a number is spelled, and a boolean that is neither `true` nor `false`. */
  readonly spelling?: string | undefined;
}

export interface ListNode {
  readonly kind: 'list';
  readonly location: SourceLocation;
  readonly items: readonly TemplateNode[];
}

export interface MapNode {
  readonly kind: 'map';
  readonly location: SourceLocation;
  readonly members: ReadonlyMap<string, Member>;
}

export interface Member {
  /** Of the name, not of the value. */
  readonly location: SourceLocation;
  readonly value: TemplateNode;
}

export function scalar(location: SourceLocation, value: ScalarNode['value'], spelling?: string): ScalarNode {
  return spelling === undefined ? { kind: 'scalar', location, value } : { kind: 'scalar', location, value, spelling };
}

export function list(location: SourceLocation, items: readonly TemplateNode[]): ListNode {
  return { kind: 'list', location, items };
}

/** A map of the members that are not `undefined`. */
export function map(location: SourceLocation, members: Readonly<Record<string, TemplateNode | undefined>>): MapNode {
  const found = Object.entries(members).flatMap(([name, value]): [string, Member][] =>
    value === undefined ? [] : [[name, { location: value.location, value }]],
  );
  return { kind: 'map', location, members: new Map(found) };
}

/** `{ "Fn::GetAtt": ["BillFunction", "Arn"] }` and similar. */
export function intrinsicCall(location: SourceLocation, name: string, ...args: (string | TemplateNode)[]): MapNode {
  const nodes = args.map((arg) => (typeof arg === 'string' ? scalar(location, arg) : arg));
  return map(location, { [name]: nodes.length === 1 ? nodes[0] : list(location, nodes) });
}

/** The member at a path of names; `undefined` if it is absent, or a node on the path is not a map. */
export function getMember(node: TemplateNode | undefined, ...names: string[]): TemplateNode | undefined {
  let found = node;
  for (const name of names) found = found?.kind === 'map' ? found.members.get(name)?.value : undefined;
  return found;
}

/** The text of a member, if it is text. */
export function getString(node: TemplateNode | undefined, ...names: string[]): string | undefined {
  const found = getMember(node, ...names);
  return found?.kind === 'scalar' && typeof found.value === 'string' ? found.value : undefined;
}

/** The members of a map; none if it is absent or null. Throws a TemplateProblemError for any other node. */
export function entriesOf(node: TemplateNode | undefined, what: string): readonly [string, Member][] {
  if (node === undefined || isNull(node)) return [];
  if (node.kind !== 'map')
    throw new TemplateProblemError(node.location, `${what} must be an object, but is ${describeNode(node)}`);
  return [...node.members];
}

/** The items of a list; none if it is absent or null. Throws a TemplateProblemError for any other node. */
export function itemsOf(node: TemplateNode | undefined, what: string): readonly TemplateNode[] {
  if (node === undefined || isNull(node)) return [];
  if (node.kind !== 'list')
    throw new TemplateProblemError(node.location, `${what} must be a list, but is ${describeNode(node)}`);
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
export function nodeOf(value: unknown, location: SourceLocation, levels: number): TemplateNode {
  if (levels === 0) throw new TemplateProblemError(location, 'the template is nested too deeply');
  if (Array.isArray(value)) {
    return list(
      location,
      value.map((item, index) => nodeOf(item, childLocation(location, index), levels - 1)),
    );
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, item]): [string, Member] => {
      const at = childLocation(location, name);
      return [name, { location: at, value: nodeOf(item, at, levels - 1) }];
    });
    return { kind: 'map', location, members: new Map(members) };
  }
  return scalar(location, value as ScalarNode['value']);
}

/** Represents a value that a reader does not know. It is a problem only where the value is needed. */
export const unknownName = 'Fn::Unknown';

/** `message` is that of the problem. */
export function unknownNode(location: SourceLocation, message: string): TemplateNode {
  return map(location, { [unknownName]: scalar(location, message) });
}

/** The JSON text of a node without intrinsic functions: its members in order, its numbers as they are spelled. */
export function nodeJson(node: TemplateNode): string {
  if (node.kind === 'list') return `[${node.items.map(nodeJson).join(',')}]`;
  if (node.kind === 'map') {
    return `{${Array.from(node.members, ([name, { value }]) => `${JSON.stringify(name)}:${nodeJson(value)}`).join(',')}}`;
  }
  const { value, spelling } = node;
  if (spelling !== undefined && jsonNumber.test(spelling)) return spelling;
  return JSON.stringify(value);
}

/** The text of a scalar, as CloudFormation makes text of numbers and booleans. */
export function nodeText(node: TemplateNode): string | undefined {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  const { spelling = '', value } = node;
  // An account that is not quoted keeps its zeros.
  return jsonNumber.test(spelling) || /^0\d+$/.test(spelling) ? spelling : String(value);
}

/** A node in one line as YAML, with the short tags of intrinsic functions. */
export function nodeSource(node: TemplateNode): string {
  if (node.kind === 'list') return `[${node.items.map(nodeSource).join(', ')}]`;
  if (node.kind === 'scalar') {
    return typeof node.value === 'string' ? `'${node.value.replaceAll("'", "''")}'` : nodeJson(node);
  }
  const [[name, { value }] = ['', { value: node }]] = node.members;
  if (isCall(node)) {
    const tag = `!${name.replace('Fn::', '')}`;
    if (name === 'Ref' && value.kind === 'scalar') return `${tag} ${value.value}`;
    const parts = name === 'Fn::GetAtt' && value.kind === 'list' ? value.items.map(nodeText) : [];
    return parts.length > 0 && !parts.includes(undefined) ? `${tag} ${parts.join('.')}` : `${tag} ${nodeSource(value)}`;
  }
  return `{ ${Array.from(node.members, ([key, { value }]) => `${key}: ${nodeSource(value)}`).join(', ')} }`;
}

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
