import { partitionForRegion } from '../../base/arn.js';
import {
  describeNode,
  getMember,
  getString,
  itemsOf,
  list,
  nodeText,
  scalar,
  type TemplateNode,
} from '../document/template-node.js';
import { type SourceLocation, TemplateProblemError } from '../document/template-problem.js';
import type { StackSettings, TemplateResolver } from './cloud-template.js';
import { attributeOf, referenceOf } from './physical-id.js';
import { attributesOf } from './resource-types.js';

/** `Ref`. `undefined` is AWS::NoValue. */
export function resolveRef(
  resolver: TemplateResolver,
  name: string,
  location: SourceLocation,
): TemplateNode | undefined {
  const pseudo = pseudoParameter(name, resolver.settings);
  if (pseudo === null) return undefined;
  if (typeof pseudo === 'string') return scalar(location, pseudo);
  if (pseudo !== undefined) {
    return list(
      location,
      pseudo.map((item) => scalar(location, item)),
    );
  }
  const value = parameterValue(resolver, name, location);
  if (value !== undefined) return value;
  const resource = deployed(resolver, name, location);
  return scalar(location, referenceOf(resolver, resource, location));
}

/** `Fn::GetAtt`. */
export function resolveAttribute(
  resolver: TemplateResolver,
  logicalId: string,
  attribute: string,
  location: SourceLocation,
): TemplateNode {
  const resource = deployed(resolver, logicalId, location);
  const attributes = resolver.template.format === 'terraform' ? undefined : attributesOf(resource.type);
  if (attributes?.includes(attribute) === false && !resolver.settings.parameters.has(`${logicalId}.${attribute}`)) {
    const sentence = `resource ${logicalId} does not support attribute type ${attribute} in Fn::GetAtt`;
    throw new TemplateProblemError(location, `${sentence}; ${resource.type} has ${attributes.join(', ')}`);
  }
  return scalar(location, attributeOf(resolver, resource, attribute, location));
}

function deployed(resolver: TemplateResolver, name: string, location: SourceLocation) {
  const { references, resources } = resolver.template;
  const resource = resources.get(references.get(name) ?? name);
  if (resource === undefined) {
    throw new TemplateProblemError(location, `the template has no parameter and no resource ${JSON.stringify(name)}`);
  }
  if (resource.condition !== undefined && !resolver.holds(resource.condition, resource.location)) {
    throw new TemplateProblemError(
      location,
      `${name} is not deployed, as its condition ${resource.condition} does not hold`,
    );
  }
  return resource;
}

/** The value of a pseudo parameter; `null` for AWS::NoValue, `undefined` for any other name. */
function pseudoParameter(name: string, settings: StackSettings): string | readonly string[] | null | undefined {
  const { account, region, stackName } = settings;
  const partition = partitionForRegion(region);
  switch (name) {
    case 'AWS::NoValue':
      return null;
    case 'AWS::AccountId':
      return account;
    case 'AWS::Region':
      return region;
    case 'AWS::StackName':
      return stackName;
    case 'AWS::StackId':
      return `arn:${partition}:cloudformation:${region}:${account}:stack/${stackName}/00000000-0000-0000-0000-000000000000`;
    case 'AWS::Partition':
      return partition;
    case 'AWS::URLSuffix':
      return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    case 'AWS::NotificationARNs':
      return [];
    default:
      return undefined;
  }
}

/** What `Ref` of a parameter is: text, also of a Number, or a list. `undefined` if the template has no such parameter. */
function parameterValue(resolver: TemplateResolver, name: string, location: SourceLocation): TemplateNode | undefined {
  const declared = getMember(resolver.template.parameters, name);
  if (declared === undefined) return undefined;
  if (declared.kind !== 'map') {
    throw new TemplateProblemError(
      declared.location,
      `a parameter must be an object, but is ${describeNode(declared)}`,
    );
  }
  const type = getString(declared, 'Type') ?? 'String';
  const value = givenValue(resolver, name, declared, type);
  check(name, declared, type, value);
  resolver.used.set(name, value);
  if (!/^(?:CommaDelimitedList|List<.*>|AWS::SSM::Parameter::Value<(?:List<.*>|CommaDelimitedList)>)$/.test(type)) {
    return scalar(location, value);
  }
  return list(
    location,
    value.split(',').map((item) => scalar(location, item.trim())),
  );
}

function givenValue({ settings }: TemplateResolver, name: string, declared: TemplateNode, type: string): string {
  const given = settings.parameters.get(name);
  const byDefault = getMember(declared, 'Default');
  const fallback = byDefault && nodeText(byDefault);
  if (byDefault !== undefined && fallback === undefined) {
    throw new TemplateProblemError(byDefault.location, `Default must be text, but is ${describeNode(byDefault)}`);
  }
  if (type.startsWith('AWS::SSM::Parameter::')) {
    // The given text is the value: the name of an SSM parameter cannot be looked up here.
    const path = fallback ?? '';
    const value = given ?? settings.parameters.get(path) ?? settings.parameters.get(`ssm:${path}`);
    if (value !== undefined) return value;
    throw new TemplateProblemError(
      declared.location,
      `the parameter ${name} is read from Systems Manager, which is not here; give its value as parameters.${name}`,
      { code: 'unresolved', parameter: name },
    );
  }
  const value = given ?? fallback;
  if (value !== undefined) return value;
  throw new TemplateProblemError(
    declared.location,
    `the parameter ${name} has no Default and must be given: parameters.${name}`,
    {
      code: 'unresolved',
      parameter: name,
    },
  );
}

function check(name: string, declared: TemplateNode, type: string, value: string): void {
  const allowed = itemsOf(getMember(declared, 'AllowedValues'), 'AllowedValues').map((item) => nodeText(item) ?? '');
  if (allowed.length > 0 && !allowed.includes(value)) {
    throw new TemplateProblemError(
      declared.location,
      `the parameter ${name} must be one of ${allowed.join(', ')}, but is ${JSON.stringify(value)}`,
    );
  }
  if (type === 'Number' && !/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(value)) {
    throw new TemplateProblemError(
      declared.location,
      `the parameter ${name} must be a number, but is ${JSON.stringify(value)}`,
    );
  }
}
