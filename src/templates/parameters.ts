import type { Scope } from './cloud-template.js';
import { nodeText } from './node-json.js';
import type { Place } from './place.js';
import { Problem } from './template-error.js';
import { describeNode, itemsOf, list, member, scalar, type TemplateNode, textMember } from './template-node.js';

/** What `Ref` of a parameter is: text, also of a Number, or a list. `undefined` if the template has no such parameter. */
export function parameterValue(scope: Scope, name: string, place: Place): TemplateNode | undefined {
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
