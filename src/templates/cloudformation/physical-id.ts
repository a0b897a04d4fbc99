import { makeRuleArn, partitionForRegion } from '../../base/arn.js';
import { getMember, itemsOf, type TemplateNode } from '../document/template-node.js';
import { collectProblems, type SourceLocation, TemplateProblemError } from '../document/template-problem.js';
import { refIsArn } from './arn-references.js';
import type { ResourceNode, TemplateResolver } from './cloud-template.js';
import { globalServices, type ResourceType, resourceType } from './resource-types.js';

/** What `Ref` of a resource returns. */
export function referenceOf(resolver: TemplateResolver, resource: ResourceNode, location: SourceLocation): string {
  const name = () => physicalName(resolver, resource);
  switch (resource.type) {
    case 'AWS::SQS::Queue':
      return queueUrl(resolver, name());
    case 'AWS::Events::Rule': {
      // What CloudFormation returns for a rule of another bus than the default one.
      const bus = ruleBus(resolver, resource);
      return bus === 'default' ? name() : `${bus}|${name()}`;
    }
    case 'AWS::Lambda::Alias':
    case 'AWS::Lambda::Version':
      return attributeOf(resolver, resource, 'Arn', location);
    default:
      return isArnReference(resource.type) ? attributeOf(resolver, resource, 'Arn', location) : name();
  }
}

function isArnReference(type: string): boolean {
  const known = resourceType(type);
  return known === undefined ? refIsArn(type) : known.ref === 'arn';
}

/** What `Fn::GetAtt` of a resource returns. Throws a TemplateProblemError for a value that only AWS knows, unless it may be opaque. */
export function attributeOf(
  resolver: TemplateResolver,
  resource: ResourceNode,
  attribute: string,
  location: SourceLocation,
): string {
  const { logicalId, properties, type } = resource;
  const given = resolver.settings.parameters.get(`${logicalId}.${attribute}`);
  if (given !== undefined) return given;
  const known = resourceType(type);
  const asArn = attribute === 'Arn' || attribute === `${type.split('::').at(-1)}Arn`;
  if (asArn && type === 'AWS::Events::Rule')
    return makeRuleArn(resolver.settings, ruleBus(resolver, resource), physicalName(resolver, resource));
  if (attribute === 'Arn' || attribute === 'AliasArn' || attribute === 'FunctionArn') {
    const qualified = qualifiedArn(resolver, resource);
    if (qualified !== undefined) return qualified;
  }
  const made = resolver.made.get(logicalId);
  if (asArn && made !== undefined) return made;
  if (known !== undefined && asArn) return arnOf(resolver, known.arn, physicalName(resolver, resource));
  const other = known?.arns?.[attribute];
  if (other !== undefined) return arnOf(resolver, [known?.arn?.[0] ?? '', other], physicalName(resolver, resource));
  if (known?.nameAttributes?.includes(attribute)) return physicalName(resolver, resource);
  if (type === 'AWS::SQS::Queue' && attribute === 'QueueUrl')
    return queueUrl(resolver, physicalName(resolver, resource));
  if (type === 'AWS::SSM::Parameter' && attribute === 'Value') {
    return resolver.text(getMember(properties, 'Value') ?? properties, 'Value');
  }
  const parameter = `${logicalId}.${attribute}`;
  const message = `${parameter} of ${type} is not known here; give it as parameters[${JSON.stringify(parameter)}]`;
  const problem = new TemplateProblemError(location, message, { code: 'unresolved', parameter });
  // The template of the nested stack provides the value.
  if (type === 'AWS::CloudFormation::Stack') throw problem;
  return resolver.opaque(problem, attribute.endsWith('Arn') ? opaqueArn(resolver, resource) : parameter);
}

/** The ARN of a resource, if it has one, and whether it is an opaque value. */
export function resourceArn(
  resolver: TemplateResolver,
  resource: ResourceNode,
): { readonly arn: string; readonly isOpaque: boolean } | undefined {
  const { notes } = resolver;
  const before = new Set(notes.keys());
  const arn = collectProblems([], () => attributeOf(resolver, resource, 'Arn', resource.location));
  const noted = Array.from(notes.keys()).filter((key) => !before.has(key));
  // The template has not asked for the value.
  for (const key of noted) notes.delete(key);
  return arn === undefined ? undefined : { arn, isOpaque: noted.length > 0 };
}

/** One ARN for every attribute of a resource that holds an ARN, so that it belongs to the resource. */
function opaqueArn(resolver: TemplateResolver, { logicalId, type }: ResourceNode): string {
  const { account, region } = resolver.settings;
  const service = type.split('::')[1]?.toLowerCase() ?? 'custom';
  return `arn:${partitionForRegion(region)}:${service}:${region}:${account}:${logicalId}`;
}

/** The name that a resource has when it is deployed. CloudFormation would put random characters behind one it makes up. */
export function physicalName(resolver: TemplateResolver, { logicalId, properties, type }: ResourceNode): string {
  const property = resourceType(type)?.name ?? 'Name';
  const maxLength = resourceType(type)?.maxLength ?? 64;
  const given = getMember(properties, property);
  const name = given && resolver.resolve(given);
  if (name !== undefined && name.kind === 'scalar' && name.value !== null) return resolver.text(name, property);
  if (name !== undefined && name.kind !== 'scalar')
    throw new TemplateProblemError(name.location, `${property} must be text`);
  const isFifo = String((getMember(properties, 'FifoQueue') as { value?: unknown } | undefined)?.value) === 'true';
  const suffix = type === 'AWS::SQS::Queue' && isFifo ? '.fifo' : '';
  const made = shortened(
    `${resolver.settings.stackName}-${logicalId.replace(/[^A-Za-z0-9_]+/g, '-')}`,
    maxLength - suffix.length,
  );
  return (type === 'AWS::S3::Bucket' ? made.toLowerCase() : made) + suffix;
}

/** The bus of a rule, or of a statement of its policy, by name. */
export function ruleBus(resolver: TemplateResolver, { properties }: ResourceNode): string {
  const given = getMember(properties, 'EventBusName');
  const resolved = given && resolver.resolve(given);
  if (resolved === undefined) return 'default';
  const text = resolver.text(resolved, 'EventBusName');
  return text.startsWith('arn:') ? text.slice(text.indexOf('/') + 1) : text;
}

function queueUrl({ settings }: TemplateResolver, name: string): string {
  return `https://sqs.${settings.region}.amazonaws.com/${settings.account}/${name}`;
}

/** Of an alias or a version of a function or state machine. */
function qualifiedArn(resolver: TemplateResolver, { properties, type }: ResourceNode): string | undefined {
  if (type === 'AWS::StepFunctions::StateMachineVersion') {
    const machine = getMember(properties, 'StateMachineArn');
    return machine && `${resolver.text(machine, 'StateMachineArn')}:1`;
  }
  if (type === 'AWS::StepFunctions::StateMachineAlias') {
    const name = getMember(properties, 'Name');
    const [first] = itemsOf(getMember(properties, 'RoutingConfiguration'), 'RoutingConfiguration');
    const routed = first ?? getMember(properties, 'DeploymentPreference');
    const version = getMember(routed, 'StateMachineVersionArn');
    if (name === undefined || version === undefined) return undefined;
    const machine = resolver.text(version, 'StateMachineVersionArn').replace(/:\d+$/, '');
    return `${machine}:${resolver.text(name, 'Name')}`;
  }
  if (type !== 'AWS::Lambda::Alias' && type !== 'AWS::Lambda::Version') return undefined;
  const text = (name: string): string => {
    const node: TemplateNode | undefined = getMember(properties, name);
    if (node === undefined) throw new TemplateProblemError(properties.location, `${type} must have ${name}`);
    return resolver.text(node, name);
  };
  const named = text('FunctionName');
  const { account, region } = resolver.settings;
  const arn = named.startsWith('arn:')
    ? named
    : `arn:${partitionForRegion(region)}:lambda:${region}:${account}:function:${named}`;
  return `${arn}:${type === 'AWS::Lambda::Alias' ? text('Name') : '1'}`;
}

function arnOf({ settings }: TemplateResolver, [service, resource]: ResourceType['arn'], name: string): string {
  const kind = globalServices[service];
  const region = kind === undefined ? settings.region : '';
  const account = kind === 'bare' ? '' : settings.account;
  const bare = service === 'ssm' ? name.replace(/^\//, '') : name;
  return `arn:${partitionForRegion(settings.region)}:${service}:${region}:${account}:${resource.replace('*', () => bare)}`;
}

/** Two long names that begin alike stay apart. */
function shortened(name: string, maxLength: number): string {
  if (name.length <= maxLength) return name;
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  return `${name.slice(0, maxLength - 9)}-${hash.toString(16).padStart(8, '0')}`;
}
