import { utf8Encoder } from '../../base/utf8.js';
import { type Place, Problem } from '../document/problem.js';
import { attributePath } from '../document/short-tag.js';
import {
  describeNode,
  list,
  member,
  nodeJson,
  nodeText,
  scalar,
  type TemplateNode,
  unknownName,
} from '../document/template-node.js';
import type { Scope } from './cloud-template.js';
import { resolveAttribute, resolveRef } from './references.js';

/** What a function makes of its argument; `undefined` is AWS::NoValue. Throws a Problem. */
type Intrinsic = (scope: Scope, argument: TemplateNode, place: Place) => TemplateNode | undefined;

/** The intrinsic functions by name. */
export const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (scope, argument, place) => resolveRef(scope, scope.text(argument, 'what Ref refers to'), place),
  'Fn::GetAtt': (scope, argument, place) => {
    const [logicalId, attribute] = exactly(2, 'Fn::GetAtt', attributePath(argument));
    const name = scope.text(logicalId as TemplateNode, 'the logical id of Fn::GetAtt');
    return resolveAttribute(scope, name, scope.text(attribute as TemplateNode, 'the attribute of Fn::GetAtt'), place);
  },
  'Fn::Sub': resolveSub,
  'Fn::Join': (scope, argument, place) => {
    const [delimiter, items] = exactly(2, 'Fn::Join', argument);
    const texts = listOf(scope, items as TemplateNode, 'what Fn::Join joins').map((item) =>
      scope.text(item, 'an item of Fn::Join'),
    );
    return scalar(place, texts.join(scope.text(delimiter as TemplateNode, 'the delimiter of Fn::Join')));
  },
  'Fn::Split': (scope, argument, place) => {
    const [delimiter, text] = exactly(2, 'Fn::Split', argument);
    const by = scope.text(delimiter as TemplateNode, 'the delimiter of Fn::Split');
    const parts = scope.text(text as TemplateNode, 'what Fn::Split splits').split(by);
    return list(
      place,
      parts.map((part) => scalar(place, part)),
    );
  },
  'Fn::Select': (scope, argument, place) => {
    const [index, items] = exactly(2, 'Fn::Select', argument);
    const at = Number(scope.text(index as TemplateNode, 'the index of Fn::Select'));
    const found = listOf(scope, items as TemplateNode, 'what Fn::Select selects from');
    const item = found[at];
    if (item !== undefined) return item;
    throw new Problem(place, `Fn::Select has no item ${at}: there are ${found.length}, counted from 0`);
  },
  'Fn::FindInMap': findInMap,
  'Fn::If': (scope, argument, place) => {
    const [condition, then, otherwise] = exactly(3, 'Fn::If', argument);
    const name = scope.text(condition as TemplateNode, 'the condition of Fn::If');
    return scope.resolve((scope.holds(name, place) ? then : otherwise) as TemplateNode);
  },
  'Fn::ImportValue': (scope, argument, place) => {
    const name = scope.text(argument, 'the name of Fn::ImportValue');
    const value = scope.settings.parameters.get(name);
    if (value !== undefined) return scalar(place, value);
    throw new Problem(
      place,
      `Fn::ImportValue ${JSON.stringify(name)} is exported by another stack; give it as parameters[${JSON.stringify(name)}]`,
      { code: 'unresolved', parameter: name },
    );
  },
  'Fn::Base64': (scope, argument, place) => {
    const bytes = utf8Encoder().encode(scope.text(argument, 'what Fn::Base64 encodes'));
    return scalar(place, btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')));
  },
  'Fn::Length': (scope, argument, place) => scalar(place, listOf(scope, argument, 'what Fn::Length counts').length),
  'Fn::ToJsonString': (scope, argument, place) =>
    scalar(place, nodeJson(scope.resolve(argument) ?? scalar(place, null))),
  'Fn::Cidr': notHere('Fn::Cidr'),
  'Fn::Transform': notHere('Fn::Transform'),
  [unknownName]: (scope, argument, place) => {
    throw new Problem(place, scope.text(argument, 'the message'), { code: 'unresolved' });
  },
  'Fn::GetAZs': (scope, argument, place) => {
    const region = scope.text(argument, 'the region of Fn::GetAZs') || scope.settings.region;
    return list(
      place,
      ['a', 'b', 'c'].map((zone) => scalar(place, region + zone)),
    );
  },
};

function notHere(name: string): Intrinsic {
  return (_, __, place) => {
    throw new Problem(place, `${name} is not carried out here: write out what it makes`, { code: 'unsupported' });
  };
}

const variable = /\$\{([^}]*)\}/g;

function resolveSub(scope: Scope, argument: TemplateNode, place: Place): TemplateNode {
  const [template, own] = argument.kind === 'list' ? exactly(2, 'Fn::Sub', argument) : [argument];
  if (template?.kind !== 'scalar' || typeof template.value !== 'string') {
    throw new Problem(place, `Fn::Sub takes text, but has ${describeNode(template ?? argument)}`);
  }
  if (own !== undefined && own.kind !== 'map') {
    throw new Problem(own.place, `the variables of Fn::Sub must be an object, but are ${describeNode(own)}`);
  }
  const text = template.value.replace(variable, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    const mine = member(own, name);
    if (mine !== undefined) return scope.text(mine, `\${${name}} of Fn::Sub`);
    const { references, resources } = scope.template;
    const dot = references.has(name) || resources.has(name) ? -1 : name.indexOf('.');
    const found =
      dot < 0
        ? resolveRef(scope, name, place)
        : resolveAttribute(scope, name.slice(0, dot), name.slice(dot + 1), place);
    const value = found && nodeText(found);
    if (value !== undefined) return value;
    throw new Problem(
      place,
      `\${${name}} of Fn::Sub must be text, but is ${found ? describeNode(found) : 'AWS::NoValue'}`,
    );
  });
  return scalar(place, text);
}

function findInMap(scope: Scope, argument: TemplateNode, place: Place): TemplateNode | undefined {
  const items = argument.kind === 'list' ? argument.items : [];
  if (items.length !== 3 && items.length !== 4) {
    throw new Problem(place, 'Fn::FindInMap takes a list of the names of a mapping, of a key and of a second key');
  }
  const [mapping = '', first = '', second = ''] = items
    .slice(0, 3)
    .map((item) => scope.text(item, 'a name of Fn::FindInMap'));
  const found = member(scope.template.mappings, mapping, first, second) ?? member(items[3], 'DefaultValue');
  if (found !== undefined) return scope.resolve(found);
  const missing =
    member(scope.template.mappings, mapping) === undefined
      ? `no mapping ${mapping}`
      : `no ${member(scope.template.mappings, mapping, first) === undefined ? first : second} in the mapping ${mapping}`;
  throw new Problem(place, `Fn::FindInMap ${mapping} ${first} ${second}: the template has ${missing}`);
}

/** The items of a list that is written out, or that a function makes. */
function listOf(scope: Scope, node: TemplateNode, what: string): readonly TemplateNode[] {
  const resolved = scope.resolve(node);
  if (resolved?.kind === 'list') return resolved.items;
  throw new Problem(node.place, `${what} must be a list, but is ${resolved ? describeNode(resolved) : 'AWS::NoValue'}`);
}

function exactly(count: number, name: string, argument: TemplateNode): readonly TemplateNode[] {
  if (argument.kind === 'list' && argument.items.length === count) return argument.items;
  const found = argument.kind === 'list' ? `${argument.items.length} items` : describeNode(argument);
  throw new Problem(argument.place, `${name} takes a list of ${count} items, but has ${found}`);
}
