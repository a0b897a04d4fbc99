import { list, map, scalar, type TemplateNode } from './template-node.js';
import { TemplateProblemError } from './template-problem.js';

/** The short tags of CloudFormation, and their long names. */
const longNames: Readonly<Record<string, string>> = {
  '!Ref': 'Ref',
  '!Condition': 'Condition',
  ...Object.fromEntries(
    [
      'And',
      'Base64',
      'Cidr',
      'Equals',
      'FindInMap',
      'GetAtt',
      'GetAZs',
      'If',
      'ImportValue',
      'Join',
      'Length',
      'Not',
      'Or',
      'Select',
      'Split',
      'Sub',
      'ToJsonString',
      'Transform',
    ].map((name) => [`!${name}`, `Fn::${name}`]),
  ),
};

/** Those of YAML 1.1 that mean nothing else here than what is written. */
const standardTags = /^(?:str|int|float|bool|null|seq|map|merge|timestamp|binary|omap|pairs|set)$/;

/** Writes a node with a short tag the long way. Throws a TemplateProblemError for a tag that CloudFormation does not have. */
export function shortTag(tag: string | undefined, node: TemplateNode): TemplateNode {
  const { location } = node;
  const [, standard] = /^tag:yaml\.org,2002:(.*)$/.exec(tag ?? '') ?? [];
  if (standard !== undefined && !standardTags.test(standard))
    throw new TemplateProblemError(location, `unknown tag !!${standard}`);
  if (tag === undefined || tag === '!' || !tag.startsWith('!')) return node;
  const name = Object.hasOwn(longNames, tag) ? longNames[tag] : undefined;
  if (name === undefined) {
    throw new TemplateProblemError(location, `unknown tag ${tag}; there are ${Object.keys(longNames).join(', ')}`);
  }
  return map(location, { [name]: name === 'Fn::GetAtt' ? attributePath(node) : node });
}

/** `BillFunction.Arn`; an attribute may have dots, a logical id has none. */
export function attributePath(node: TemplateNode): TemplateNode {
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || !node.value.includes('.')) return node;
  const dot = node.value.indexOf('.');
  return list(node.location, [
    scalar(node.location, node.value.slice(0, dot)),
    scalar(node.location, node.value.slice(dot + 1)),
  ]);
}
