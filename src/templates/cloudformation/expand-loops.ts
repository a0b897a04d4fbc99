import {
  describeNode,
  list,
  type MapNode,
  type Member,
  map,
  nodeText,
  scalar,
  type TemplateNode,
} from '../document/template-node.js';
import { type SourceLocation, TemplateProblemError } from '../document/template-problem.js';
import type { TemplateResolver } from './cloud-template.js';

const loop = 'Fn::ForEach::';
/** A small file of nested loops can expand to more than any memory holds. */
const maxNodes = 500_000;

/** The location of the first `Fn::ForEach` in a node. */
export function findLoop(node: TemplateNode, seen = new Set<TemplateNode>()): SourceLocation | undefined {
  if (node.kind === 'scalar' || seen.has(node)) return undefined;
  seen.add(node);
  const members = node.kind === 'map' ? [...node.members] : [];
  for (const [name, { location, value }] of members) {
    const found = name.startsWith(loop) ? location : findLoop(value, seen);
    if (found !== undefined) return found;
  }
  for (const item of node.kind === 'list' ? node.items : []) {
    const found = findLoop(item, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Expands `Fn::ForEach` of the AWS::LanguageExtensions transform: each loop becomes the members that its body makes for each item.
 * `resolve` evaluates collections. Throws a TemplateProblemError.
 */
export function expandLoops(root: TemplateNode, resolve: TemplateResolver['resolve']): TemplateNode {
  let nodes = 0;

  const expand = (node: TemplateNode, items: ReadonlyMap<string, string>): TemplateNode => {
    if (++nodes > maxNodes)
      throw new TemplateProblemError(node.location, 'the loops of the template have too many items');
    if (node.kind === 'list') {
      return list(
        node.location,
        node.items.map((item) => expand(item, items)),
      );
    }
    if (node.kind === 'map') return expandMap(node, items);
    if (typeof node.value !== 'string' || items.size === 0) return node;
    return scalar(node.location, fill(node.value, items));
  };

  const expandMap = (node: MapNode, items: ReadonlyMap<string, string>): TemplateNode => {
    const [[name, only] = ['', undefined]] = node.members;
    const item = name === 'Ref' && only !== undefined ? items.get(nodeText(only.value) ?? '') : undefined;
    if (item !== undefined && node.members.size === 1) return scalar(node.location, item);
    const members = new Map<string, Member>();
    const add = (key: string, member: Member) => {
      if (members.has(key)) {
        throw new TemplateProblemError(
          member.location,
          `the name ${JSON.stringify(key)} is there twice after Fn::ForEach`,
        );
      }
      members.set(key, member);
    };
    for (const [key, member] of node.members) {
      if (!key.startsWith(loop)) add(fill(key, items), { ...member, value: expand(member.value, items) });
      else for (const [made, found] of expandLoop(member, key, items)) add(made, found);
    }
    return { ...node, members };
  };

  const expandLoop = ({ value }: Member, name: string, items: ReadonlyMap<string, string>): [string, Member][] => {
    const [identifier, collection, body] = value.kind === 'list' ? value.items : [];
    const id = identifier && nodeText(identifier);
    if (id === undefined || collection === undefined || body?.kind !== 'map') {
      const wanted = 'a list of an identifier, a collection and an object of what is made for each item';
      throw new TemplateProblemError(value.location, `${name} takes ${wanted}`);
    }
    return collectionItems(expand(collection, items), name).flatMap((item) => {
      const made = expand(body, new Map([...items, [id, item]]));
      return made.kind === 'map' ? [...made.members] : [];
    });
  };

  const collectionItems = (collection: TemplateNode, name: string): readonly string[] => {
    const resolved = resolve(collection);
    if (resolved?.kind !== 'list') {
      const found = resolved === undefined ? 'AWS::NoValue' : describeNode(resolved);
      throw new TemplateProblemError(collection.location, `the collection of ${name} must be a list, but is ${found}`);
    }
    return resolved.items.map((item) => {
      const text = nodeText(item);
      if (text !== undefined) return text;
      throw new TemplateProblemError(
        item.location,
        `an item of ${name} must be a string, but is ${describeNode(item)}`,
      );
    });
  };

  return expand(root, new Map());
}

/** `&{Name}` is replaced by the item without what is neither letter nor digit, as logical ids need it. */
function fill(text: string, items: ReadonlyMap<string, string>): string {
  return text.replace(/([$&])\{(\w+)\}/g, (whole, sign: string, id: string) => {
    const item = items.get(id);
    if (item === undefined) return whole;
    return sign === '&' ? item.replace(/[^A-Za-z0-9]/g, '') : item;
  });
}

/** A section without its loops, for the case that they cannot be expanded. */
export function withoutLoops(node: TemplateNode): TemplateNode {
  if (node.kind !== 'map') return node;
  const members = Array.from(node.members).filter(([name]) => !name.startsWith(loop));
  return { ...map(node.location, {}), members: new Map(members) };
}
