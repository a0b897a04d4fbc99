import {
  describeNode,
  entriesOf,
  getMember,
  getString,
  isNull,
  type MapNode,
  type Member,
  type TemplateNode,
} from '../document/template-node.js';
import { collectProblems, type TemplateProblem, TemplateProblemError } from '../document/template-problem.js';
import type { ResourceNode } from './cloud-template.js';

/** The resources as they are written, SAM's among them; what is wrong with one is added to `problems`. Throws a TemplateProblemError. */
export function readResources(
  resources: TemplateNode | undefined,
  problems: TemplateProblem[],
): Map<string, ResourceNode> {
  const read = new Map<string, ResourceNode>();
  for (const [logicalId, found] of entriesOf(resources, 'Resources')) {
    collectProblems(problems, () => read.set(logicalId, readResource(logicalId, found)));
  }
  return read;
}

/** What CloudFormation does not make itself, and would have to be transformed before. */
export function isLoop(logicalId: string): boolean {
  return logicalId.startsWith('Fn::');
}

/** The condition of a resource is a name: with anything else it would be deployed whatever holds. */
function conditionOf(resource: TemplateNode): string | undefined {
  const condition = getMember(resource, 'Condition');
  if (condition === undefined) return undefined;
  const name = getString(resource, 'Condition');
  if (name !== undefined) return name;
  throw new TemplateProblemError(
    condition.location,
    `Condition must be the name of one, but is ${describeNode(condition)}`,
  );
}

function readResource(logicalId: string, { location, value }: Member): ResourceNode {
  if (value.kind !== 'map' && !isLoop(logicalId)) {
    throw new TemplateProblemError(value.location, `a resource must be an object, but is ${describeNode(value)}`);
  }
  const type = getString(value, 'Type');
  const written = getMember(value, 'Type');
  if (type === undefined && !isLoop(logicalId)) {
    if (written === undefined) throw new TemplateProblemError(location, 'a resource must have a Type');
    throw new TemplateProblemError(written.location, `Type must be text, but is ${describeNode(written)}`);
  }
  if (!isLoop(logicalId)) refuseUnknownAttributes(value);
  return {
    logicalId,
    type: type ?? logicalId.split('::').slice(0, 2).join('::'),
    location,
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
  for (const [name, { location }] of resource.kind === 'map' ? resource.members : []) {
    if (!attributes.has(name) && !isLoop(name))
      throw new TemplateProblemError(location, `Invalid template resource property '${name}'`);
  }
}

function propertiesOf(resource: TemplateNode): MapNode {
  const properties = getMember(resource, 'Properties');
  if (properties?.kind === 'map') return properties;
  if (properties === undefined || isNull(properties))
    return { kind: 'map', location: resource.location, members: new Map() };
  throw new TemplateProblemError(
    properties.location,
    `Properties must be an object, but is ${describeNode(properties)}`,
  );
}

const pathMetadata = 'aws:cdk:path';

/** `Shop/Billing/BillFunction/Resource` is `BillFunction`, `Billing/BillFunction`, and so on. */
function constructNames(resource: TemplateNode): readonly string[] {
  const path = getString(resource, 'Metadata', pathMetadata);
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
  const version = getString(root, 'Parameters', 'BootstrapVersion', 'Default') ?? '';
  return (
    version.startsWith('/cdk-bootstrap/') ||
    Array.from(resources.values()).some(({ source }) => getString(source, 'Metadata', pathMetadata) !== undefined)
  );
}
