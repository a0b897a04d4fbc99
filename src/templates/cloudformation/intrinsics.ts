import { attributePath } from '../document/short-tag.js';
import {
  describeNode,
  getMember,
  list,
  nodeJson,
  nodeText,
  scalar,
  type TemplateNode,
  unknownName,
} from '../document/template-node.js';
import { type SourceLocation, TemplateProblemError } from '../document/template-problem.js';
import type { TemplateResolver } from './cloud-template.js';
import { resolveAttribute, resolveRef } from './references.js';

/** What a function makes of its argument; `undefined` is AWS::NoValue. Throws a TemplateProblemError. */
type Intrinsic = (
  resolver: TemplateResolver,
  argument: TemplateNode,
  location: SourceLocation,
) => TemplateNode | undefined;

/** The intrinsic functions by name. */
export const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (resolver, argument, location) => resolveRef(resolver, resolver.text(argument, 'what Ref refers to'), location),
  'Fn::GetAtt': (resolver, argument, location) => {
    const [logicalId, attribute] = exactly(2, 'Fn::GetAtt', attributePath(argument));
    const name = resolver.text(logicalId as TemplateNode, 'the logical id of Fn::GetAtt');
    return resolveAttribute(
      resolver,
      name,
      resolver.text(attribute as TemplateNode, 'the attribute of Fn::GetAtt'),
      location,
    );
  },
  'Fn::Sub': resolveSub,
  'Fn::Join': (resolver, argument, location) => {
    const [delimiter, items] = exactly(2, 'Fn::Join', argument);
    const texts = listOf(resolver, items as TemplateNode, 'what Fn::Join joins').map((item) =>
      resolver.text(item, 'an item of Fn::Join'),
    );
    return scalar(location, texts.join(resolver.text(delimiter as TemplateNode, 'the delimiter of Fn::Join')));
  },
  'Fn::Split': (resolver, argument, location) => {
    const [delimiter, text] = exactly(2, 'Fn::Split', argument);
    const by = resolver.text(delimiter as TemplateNode, 'the delimiter of Fn::Split');
    const parts = resolver.text(text as TemplateNode, 'what Fn::Split splits').split(by);
    return list(
      location,
      parts.map((part) => scalar(location, part)),
    );
  },
  'Fn::Select': (resolver, argument, location) => {
    const [index, items] = exactly(2, 'Fn::Select', argument);
    const at = Number(resolver.text(index as TemplateNode, 'the index of Fn::Select'));
    const found = listOf(resolver, items as TemplateNode, 'what Fn::Select selects from');
    const item = found[at];
    if (item !== undefined) return item;
    throw new TemplateProblemError(location, `Fn::Select has no item ${at}: there are ${found.length}, counted from 0`);
  },
  'Fn::FindInMap': findInMap,
  'Fn::If': (resolver, argument, location) => {
    const [condition, then, otherwise] = exactly(3, 'Fn::If', argument);
    const name = resolver.text(condition as TemplateNode, 'the condition of Fn::If');
    return resolver.resolve((resolver.holds(name, location) ? then : otherwise) as TemplateNode);
  },
  'Fn::ImportValue': (resolver, argument, location) => {
    const name = resolver.text(argument, 'the name of Fn::ImportValue');
    const value = resolver.settings.parameters.get(name);
    if (value !== undefined) return scalar(location, value);
    throw new TemplateProblemError(
      location,
      `Fn::ImportValue ${JSON.stringify(name)} is exported by another stack; give it as parameters[${JSON.stringify(name)}]`,
      { code: 'unresolved', parameter: name },
    );
  },
  'Fn::Base64': (resolver, argument, location) => {
    const bytes = new TextEncoder().encode(resolver.text(argument, 'what Fn::Base64 encodes'));
    return scalar(location, btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')));
  },
  'Fn::Length': (resolver, argument, location) =>
    scalar(location, listOf(resolver, argument, 'what Fn::Length counts').length),
  'Fn::ToJsonString': (resolver, argument, location) =>
    scalar(location, nodeJson(resolver.resolve(argument) ?? scalar(location, null))),
  'Fn::Cidr': notHere('Fn::Cidr'),
  'Fn::Transform': notHere('Fn::Transform'),
  [unknownName]: (resolver, argument, location) => {
    throw new TemplateProblemError(location, resolver.text(argument, 'the message'), { code: 'unresolved' });
  },
  'Fn::GetAZs': (resolver, argument, location) => {
    const region = resolver.text(argument, 'the region of Fn::GetAZs') || resolver.settings.region;
    return list(
      location,
      ['a', 'b', 'c'].map((zone) => scalar(location, region + zone)),
    );
  },
};

function notHere(name: string): Intrinsic {
  return (_, __, location) => {
    throw new TemplateProblemError(location, `${name} is not carried out here: write out what it makes`, {
      code: 'unsupported',
    });
  };
}

const variable = /\$\{([^}]*)\}/g;

function resolveSub(resolver: TemplateResolver, argument: TemplateNode, location: SourceLocation): TemplateNode {
  const [template, own] = argument.kind === 'list' ? exactly(2, 'Fn::Sub', argument) : [argument];
  if (template?.kind !== 'scalar' || typeof template.value !== 'string') {
    throw new TemplateProblemError(location, `Fn::Sub takes text, but has ${describeNode(template ?? argument)}`);
  }
  if (own !== undefined && own.kind !== 'map') {
    throw new TemplateProblemError(
      own.location,
      `the variables of Fn::Sub must be an object, but are ${describeNode(own)}`,
    );
  }
  const text = template.value.replace(variable, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    const mine = getMember(own, name);
    if (mine !== undefined) return resolver.text(mine, `\${${name}} of Fn::Sub`);
    const { references, resources } = resolver.template;
    const dot = references.has(name) || resources.has(name) ? -1 : name.indexOf('.');
    const found =
      dot < 0
        ? resolveRef(resolver, name, location)
        : resolveAttribute(resolver, name.slice(0, dot), name.slice(dot + 1), location);
    const value = found && nodeText(found);
    if (value !== undefined) return value;
    throw new TemplateProblemError(
      location,
      `\${${name}} of Fn::Sub must be text, but is ${found ? describeNode(found) : 'AWS::NoValue'}`,
    );
  });
  return scalar(location, text);
}

function findInMap(
  resolver: TemplateResolver,
  argument: TemplateNode,
  location: SourceLocation,
): TemplateNode | undefined {
  const items = argument.kind === 'list' ? argument.items : [];
  if (items.length !== 3 && items.length !== 4) {
    throw new TemplateProblemError(
      location,
      'Fn::FindInMap takes a list of the names of a mapping, of a key and of a second key',
    );
  }
  const [mapping = '', first = '', second = ''] = items
    .slice(0, 3)
    .map((item) => resolver.text(item, 'a name of Fn::FindInMap'));
  const found = getMember(resolver.template.mappings, mapping, first, second) ?? getMember(items[3], 'DefaultValue');
  if (found !== undefined) return resolver.resolve(found);
  const missing =
    getMember(resolver.template.mappings, mapping) === undefined
      ? `no mapping ${mapping}`
      : `no ${getMember(resolver.template.mappings, mapping, first) === undefined ? first : second} in the mapping ${mapping}`;
  throw new TemplateProblemError(location, `Fn::FindInMap ${mapping} ${first} ${second}: the template has ${missing}`);
}

/** The items of a list that is written out, or that a function makes. */
function listOf(resolver: TemplateResolver, node: TemplateNode, what: string): readonly TemplateNode[] {
  const resolved = resolver.resolve(node);
  if (resolved?.kind === 'list') return resolved.items;
  throw new TemplateProblemError(
    node.location,
    `${what} must be a list, but is ${resolved ? describeNode(resolved) : 'AWS::NoValue'}`,
  );
}

function exactly(count: number, name: string, argument: TemplateNode): readonly TemplateNode[] {
  if (argument.kind === 'list' && argument.items.length === count) return argument.items;
  const found = argument.kind === 'list' ? `${argument.items.length} items` : describeNode(argument);
  throw new TemplateProblemError(argument.location, `${name} takes a list of ${count} items, but has ${found}`);
}
