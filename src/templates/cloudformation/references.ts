import { partitionForRegion } from '../../base/arn.js';
import { type Place, Problem } from '../document/problem.js';
import {
  describeNode,
  itemsOf,
  list,
  member,
  nodeText,
  scalar,
  type TemplateNode,
  textMember,
} from '../document/template-node.js';
import type { Scope, StackSettings } from './cloud-template.js';
import { attributeOf, referenceOf } from './physical-id.js';

/** `Ref`. `undefined` is AWS::NoValue. */
export function resolveRef(scope: Scope, name: string, place: Place): TemplateNode | undefined {
  const pseudo = pseudoParameter(name, scope.settings);
  if (pseudo === null) return undefined;
  if (typeof pseudo === 'string') return scalar(place, pseudo);
  if (pseudo !== undefined) {
    return list(
      place,
      pseudo.map((item) => scalar(place, item)),
    );
  }
  const value = parameterValue(scope, name, place);
  if (value !== undefined) return value;
  const resource = deployed(scope, name, place);
  return scalar(place, referenceOf(scope, resource, place));
}

/** `Fn::GetAtt`. */
export function resolveAttribute(scope: Scope, logicalId: string, attribute: string, place: Place): TemplateNode {
  const resource = deployed(scope, logicalId, place);
  return scalar(place, attributeOf(scope, resource, attribute, place));
}

function deployed(scope: Scope, name: string, place: Place) {
  const { references, resources } = scope.template;
  const resource = resources.get(references.get(name) ?? name);
  if (resource === undefined) {
    throw new Problem(place, `the template has no parameter and no resource ${JSON.stringify(name)}`);
  }
  if (resource.condition !== undefined && !scope.holds(resource.condition, resource.place)) {
    throw new Problem(place, `${name} is not deployed, as its condition ${resource.condition} does not hold`);
  }
  return resource;
}

/** What CloudFormation knows by itself; `null` for AWS::NoValue, `undefined` for what is no pseudo parameter. */
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
function parameterValue(scope: Scope, name: string, place: Place): TemplateNode | undefined {
  const declared = member(scope.template.parameters, name);
  if (declared === undefined) return undefined;
  if (declared.kind !== 'map') {
    throw new Problem(declared.place, `a parameter must be an object, but is ${describeNode(declared)}`);
  }
  const type = textMember(declared, 'Type') ?? 'String';
  const value = givenValue(scope, name, declared, type);
  check(name, declared, type, value);
  scope.used.set(name, value);
  if (!/^(?:CommaDelimitedList|List<.*>|AWS::SSM::Parameter::Value<(?:List<.*>|CommaDelimitedList)>)$/.test(type)) {
    return scalar(place, value);
  }
  return list(
    place,
    value.split(',').map((item) => scalar(place, item.trim())),
  );
}

function givenValue({ settings }: Scope, name: string, declared: TemplateNode, type: string): string {
  const given = settings.parameters.get(name);
  const byDefault = member(declared, 'Default');
  const fallback = byDefault && nodeText(byDefault);
  if (byDefault !== undefined && fallback === undefined) {
    throw new Problem(byDefault.place, `Default must be text, but is ${describeNode(byDefault)}`);
  }
  if (type.startsWith('AWS::SSM::Parameter::')) {
    // What is given is the value, as the name would lead nowhere.
    const path = fallback ?? '';
    const value = given ?? settings.parameters.get(path) ?? settings.parameters.get(`ssm:${path}`);
    if (value !== undefined) return value;
    throw new Problem(
      declared.place,
      `the parameter ${name} is read from Systems Manager, which is not here; give its value as parameters.${name}`,
      { code: 'unresolved', parameter: name },
    );
  }
  const value = given ?? fallback;
  if (value !== undefined) return value;
  throw new Problem(declared.place, `the parameter ${name} has no Default and must be given: parameters.${name}`, {
    code: 'unresolved',
    parameter: name,
  });
}

function check(name: string, declared: TemplateNode, type: string, value: string): void {
  const allowed = itemsOf(member(declared, 'AllowedValues'), 'AllowedValues').map((item) => nodeText(item) ?? '');
  if (allowed.length > 0 && !allowed.includes(value)) {
    throw new Problem(
      declared.place,
      `the parameter ${name} must be one of ${allowed.join(', ')}, but is ${JSON.stringify(value)}`,
    );
  }
  if (type === 'Number' && !/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(value)) {
    throw new Problem(declared.place, `the parameter ${name} must be a number, but is ${JSON.stringify(value)}`);
  }
}
