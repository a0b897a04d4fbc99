import { makeRuleArn, partitionForRegion } from '../../base/arn.js';
import { type Place, Problem } from '../document/problem.js';
import { member, type TemplateNode } from '../document/template-node.js';
import type { ResourceNode, Scope } from './cloud-template.js';
import { globalServices, type ResourceType, resourceType } from './resource-types.js';

/** What `Ref` of a resource answers. */
export function referenceOf(scope: Scope, resource: ResourceNode, place: Place): string {
  const name = () => physicalName(scope, resource);
  switch (resource.type) {
    case 'AWS::SQS::Queue':
      return queueUrl(scope, name());
    case 'AWS::Events::Rule': {
      // What CloudFormation answers for a rule of another bus than the default one.
      const bus = ruleBus(scope, resource);
      return bus === 'default' ? name() : `${bus}|${name()}`;
    }
    case 'AWS::Lambda::Alias':
    case 'AWS::Lambda::Version':
      return attributeOf(scope, resource, 'Arn', place);
    default:
      return resourceType(resource.type)?.ref === 'arn' ? attributeOf(scope, resource, 'Arn', place) : name();
  }
}

/** What `Fn::GetAtt` of a resource answers. Throws a Problem for what only AWS knows. */
export function attributeOf(scope: Scope, resource: ResourceNode, attribute: string, place: Place): string {
  const { logicalId, properties, type } = resource;
  const given = scope.settings.parameters.get(`${logicalId}.${attribute}`);
  if (given !== undefined) return given;
  const known = resourceType(type);
  const asArn = attribute === 'Arn' || attribute === `${type.split('::').at(-1)}Arn`;
  if (asArn && type === 'AWS::Events::Rule')
    return makeRuleArn(scope.settings, ruleBus(scope, resource), physicalName(scope, resource));
  if (attribute === 'Arn' || attribute === 'AliasArn' || attribute === 'FunctionArn') {
    const qualified = qualifiedArn(scope, resource);
    if (qualified !== undefined) return qualified;
  }
  const made = scope.made.get(logicalId);
  if (asArn && made !== undefined) return made;
  if (known !== undefined && asArn) return arnOf(scope, known, physicalName(scope, resource));
  if (known?.nameAttributes?.includes(attribute)) return physicalName(scope, resource);
  if (type === 'AWS::SQS::Queue' && attribute === 'QueueUrl') return queueUrl(scope, physicalName(scope, resource));
  if (type === 'AWS::SSM::Parameter' && attribute === 'Value') {
    return scope.text(member(properties, 'Value') ?? properties, 'Value');
  }
  const parameter = `${logicalId}.${attribute}`;
  throw new Problem(
    place,
    `${parameter} of ${type} is not known here; give it as parameters[${JSON.stringify(parameter)}]`,
    { code: 'unresolved', parameter },
  );
}

/** The name that a resource has when it is deployed. CloudFormation would put random characters behind one it makes up. */
export function physicalName(scope: Scope, { logicalId, properties, type }: ResourceNode): string {
  const property = resourceType(type)?.name ?? 'Name';
  const longest = resourceType(type)?.longest ?? 64;
  const given = member(properties, property);
  const name = given && scope.resolve(given);
  if (name !== undefined && name.kind === 'scalar' && name.value !== null) return scope.text(name, property);
  if (name !== undefined && name.kind !== 'scalar') throw new Problem(name.place, `${property} must be text`);
  const isFifo = String((member(properties, 'FifoQueue') as { value?: unknown } | undefined)?.value) === 'true';
  const suffix = type === 'AWS::SQS::Queue' && isFifo ? '.fifo' : '';
  const made = shortened(
    `${scope.settings.stackName}-${logicalId.replace(/[^A-Za-z0-9_]+/g, '-')}`,
    longest - suffix.length,
  );
  return (type === 'AWS::S3::Bucket' ? made.toLowerCase() : made) + suffix;
}

/** The bus of a rule, or of a statement of its policy, by name. */
export function ruleBus(scope: Scope, { properties }: ResourceNode): string {
  const given = member(properties, 'EventBusName');
  const resolved = given && scope.resolve(given);
  if (resolved === undefined) return 'default';
  const text = scope.text(resolved, 'EventBusName');
  return text.startsWith('arn:') ? text.slice(text.indexOf('/') + 1) : text;
}

function queueUrl({ settings }: Scope, name: string): string {
  return `https://sqs.${settings.region}.amazonaws.com/${settings.account}/${name}`;
}

/** Of an alias or a version of a function. */
function qualifiedArn(scope: Scope, { properties, type }: ResourceNode): string | undefined {
  if (type !== 'AWS::Lambda::Alias' && type !== 'AWS::Lambda::Version') return undefined;
  const text = (name: string): string => {
    const node: TemplateNode | undefined = member(properties, name);
    if (node === undefined) throw new Problem(properties.place, `${type} must have ${name}`);
    return scope.text(node, name);
  };
  const named = text('FunctionName');
  const { account, region } = scope.settings;
  const arn = named.startsWith('arn:')
    ? named
    : `arn:${partitionForRegion(region)}:lambda:${region}:${account}:function:${named}`;
  return `${arn}:${type === 'AWS::Lambda::Alias' ? text('Name') : '1'}`;
}

function arnOf({ settings }: Scope, { arn: [service, resource] = ['', ''] }: ResourceType, name: string): string {
  const scope = globalServices[service];
  const region = scope === undefined ? settings.region : '';
  const account = scope === 'bare' ? '' : settings.account;
  const bare = service === 'ssm' ? name.replace(/^\//, '') : name;
  return `arn:${partitionForRegion(settings.region)}:${service}:${region}:${account}:${resource.replace('*', () => bare)}`;
}

/** Two long names that begin alike stay apart. */
function shortened(name: string, longest: number): string {
  if (name.length <= longest) return name;
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  return `${name.slice(0, longest - 9)}-${hash.toString(16).padStart(8, '0')}`;
}
