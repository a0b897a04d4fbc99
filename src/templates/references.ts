import type { Scope } from './cloud-template.js';
import { parameterValue } from './parameters.js';
import { attributeOf, referenceOf } from './physical-id.js';
import type { Place } from './place.js';
import { pseudoParameter } from './pseudo-parameter.js';
import { Problem } from './template-error.js';
import { list, scalar, type TemplateNode } from './template-node.js';

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
