import { gather, Problem, type TemplateProblem } from '../document/problem.js';
import {
  describeNode,
  isNull,
  type MapNode,
  type Member,
  member,
  membersOf,
  type TemplateNode,
  textMember,
} from '../document/template-node.js';
import type { ResourceNode } from './cloud-template.js';

/** The resources as they are written, SAM's among them; what is wrong with one is added to `problems`. Throws a Problem. */
export function readResources(
  resources: TemplateNode | undefined,
  problems: TemplateProblem[],
): Map<string, ResourceNode> {
  const read = new Map<string, ResourceNode>();
  for (const [logicalId, found] of membersOf(resources, 'Resources')) {
    gather(problems, () => read.set(logicalId, readResource(logicalId, found)));
  }
  return read;
}

/** What CloudFormation does not make itself, and would have to be transformed before. */
export function isLoop(logicalId: string): boolean {
  return logicalId.startsWith('Fn::');
}

/** The condition of a resource is a name: with anything else it would be deployed whatever holds. */
function conditionOf(resource: TemplateNode): string | undefined {
  const condition = member(resource, 'Condition');
  if (condition === undefined) return undefined;
  const name = textMember(resource, 'Condition');
  if (name !== undefined) return name;
  throw new Problem(condition.place, `Condition must be the name of one, but is ${describeNode(condition)}`);
}

function readResource(logicalId: string, { place, value }: Member): ResourceNode {
  if (value.kind !== 'map' && !isLoop(logicalId)) {
    throw new Problem(value.place, `a resource must be an object, but is ${describeNode(value)}`);
  }
  const type = textMember(value, 'Type');
  const written = member(value, 'Type');
  if (type === undefined && !isLoop(logicalId)) {
    if (written === undefined) throw new Problem(place, 'a resource must have a Type');
    throw new Problem(written.place, `Type must be text, but is ${describeNode(written)}`);
  }
  if (!isLoop(logicalId)) refuseUnknownAttributes(value);
  return {
    logicalId,
    type: type ?? logicalId.split('::').slice(0, 2).join('::'),
    place,
    properties: propertiesOf(value),
    condition: isLoop(logicalId) ? undefined : conditionOf(value),
    names: [...new Set([...constructNames(value), ...withoutHash(logicalId)])],
    source: value,
    isGenerated: false,
  };
}

/** What a resource says beside its type and properties, in CloudFormation and in SAM. */
const attributes = new Set([
  'Type',
  'Properties',
  'Condition',
  'DependsOn',
  'Metadata',
  'DeletionPolicy',
  'UpdatePolicy',
  'UpdateReplacePolicy',
  'CreationPolicy',
  'Description',
  'Version',
  'Connectors',
  'IgnoreGlobals',
]);

/** In CloudFormation's sentence. */
function refuseUnknownAttributes(resource: TemplateNode): void {
  for (const [name, { place }] of resource.kind === 'map' ? resource.members : []) {
    if (!attributes.has(name) && !isLoop(name))
      throw new Problem(place, `Invalid template resource property '${name}'`);
  }
}

function propertiesOf(resource: TemplateNode): MapNode {
  const properties = member(resource, 'Properties');
  if (properties?.kind === 'map') return properties;
  if (properties === undefined || isNull(properties)) return { kind: 'map', place: resource.place, members: new Map() };
  throw new Problem(properties.place, `Properties must be an object, but is ${describeNode(properties)}`);
}

const pathMetadata = 'aws:cdk:path';

/** `Shop/Billing/BillFunction/Resource` is `BillFunction`, `Billing/BillFunction`, and so on. */
function constructNames(resource: TemplateNode): readonly string[] {
  const path = textMember(resource, 'Metadata', pathMetadata);
  if (path === undefined) return [];
  const parts = path.split('/');
  const own = parts.pop();
  const inner = own === undefined || own === 'Resource' || own === 'Default' ? [] : endings([...parts, own]);
  return [...inner, ...endings(parts)];
}

function endings(parts: readonly string[]): readonly string[] {
  return parts.map((_, index) => parts.slice(index).join('/')).reverse();
}

/** CDK puts 8 hexadecimal digits behind the names of constructs. */
function withoutHash(logicalId: string): readonly string[] {
  const [, name] = /^(\w+)[0-9A-F]{8}$/.exec(logicalId) ?? [];
  return name === undefined ? [] : [name];
}

/** By what `cdk synth` adds to a template, unless it is told not to. */
export function isFromCdk(root: TemplateNode, resources: ReadonlyMap<string, ResourceNode>): boolean {
  const version = textMember(root, 'Parameters', 'BootstrapVersion', 'Default') ?? '';
  return (
    version.startsWith('/cdk-bootstrap/') ||
    Array.from(resources.values()).some(({ source }) => textMember(source, 'Metadata', pathMetadata) !== undefined)
  );
}
