import {
  getMember,
  getString,
  intrinsicCall,
  isNull,
  list,
  type MapNode,
  type Member,
  type TemplateNode,
  unknownNode,
} from '../document/template-node.js';
import type { SourceLocation } from '../document/template-problem.js';

/** The module that a resource is in. */
export interface TerraformModule {
  /** `module.billing`, `module.billing["eu"]`, and so on inwards. */
  readonly path: readonly string[];
  readonly configuration: TemplateNode | undefined;
  /** The module around it, and how that calls it. */
  readonly above: (TerraformModule & { readonly call?: TemplateNode | undefined }) | undefined;
}

/** A resource as Terraform shows it. */
export interface TerraformResource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly location: SourceLocation;
  readonly node: TemplateNode;
  readonly values: TemplateNode | undefined;
  /** How the configuration writes its values. */
  readonly expressions: TemplateNode | undefined;
  readonly module: TerraformModule;
}

/** The values of resources. */
export interface TerraformValues {
  /**
   * The value at a path of members and indexes. A reference where a plan does not know it yet, or where it is the ARN of another resource;
   * `undefined` where there is none.
   */
  value(resource: TerraformResource, ...path: readonly (string | number)[]): TemplateNode | undefined;
  /** The address of the rule of a target. */
  ruleOf(target: TerraformResource): string | undefined;
}

const maxDepth = 20;

/** What tells the instances of a resource apart. */
const instanceKeys = new Set(['each.key', 'count.index']);

/** Attributes that are what `Ref` returns. */
const nameAttributes = new Set(['id', 'url', 'name', 'function_name', 'bucket']);

/** `hasArn` tells types whose ARN can be made here; that of any other is what Terraform says. */
export function makeValues(
  resources: readonly TerraformResource[],
  hasArn: (type: string) => boolean,
): TerraformValues {
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  const byArn = new Map<string, string>();
  for (const { address, type, values } of resources) {
    // The `arn` of a target is that of something else.
    const arn = hasArn(type) ? getString(values, 'arn') : undefined;
    if (arn !== undefined) byArn.set(arn, address);
  }

  /** What one reference leads to, as an address and the attribute. */
  const followReference = (
    reference: string,
    module: TerraformModule,
    levels: number,
  ): [string, string] | undefined => {
    if (levels === 0) return undefined;
    const [, variable] = /^var\.([\w-]+)/.exec(reference) ?? [];
    if (variable !== undefined && module.above !== undefined) {
      const [first] = referencesOf(getMember(module.above.call, 'expressions', variable));
      return first === undefined ? undefined : followReference(first, module.above, levels - 1);
    }
    const [, called, index = '', output] = /^module\.([\w-]+)(\[[^\]]*\])?\.([\w-]+)$/.exec(reference) ?? [];
    if (called !== undefined && output !== undefined) {
      const configuration = getMember(module.configuration, 'module_calls', called, 'module');
      const inner = { path: [...module.path, `module.${called}${index}`], configuration, above: module };
      const [first] = referencesOf(getMember(configuration, 'outputs', output, 'expression'));
      return first === undefined ? undefined : followReference(first, inner, levels - 1);
    }
    const [, resource = '', attribute = ''] = /^([\w-]+\.[\w-]+(?:\[[^\]]*\])?)\.([\w-]+)$/.exec(reference) ?? [];
    const address = [...module.path, resource].join('.');
    if (byAddress.has(address)) return [address, attribute];
    const unindexedAddress = address.replace(/\[[^\]]*\]$/, '');
    const [only, ...others] = resources.filter(
      (other) => other.address.replace(/\[[^\]]*\]$/, '') === unindexedAddress,
    );
    return only !== undefined && others.length === 0 ? [only.address, attribute] : undefined;
  };

  /**
   * The instance of another resource that has the same key: `aws_lambda_function.bill[each.key].arn` is shown as
   * `aws_lambda_function.bill` and `each.key`, without what is asked of it.
   */
  const sameInstance = ({ address, module, name, type }: TerraformResource, references: readonly string[]) => {
    const [other, ...others] = references.filter((reference) => !instanceKeys.has(reference));
    if (other === undefined || others.length > 0 || references.length === 1) return undefined;
    const key = address.slice([...module.path, `${type}.${name}`].join('.').length);
    const found = [...module.path, other + key].join('.');
    return byAddress.has(found) ? found : undefined;
  };

  const byReference = (resource: TerraformResource, path: readonly (string | number)[]): TemplateNode | undefined => {
    const references = referencesOf(at(resource.expressions, path));
    if (references.length === 0) return undefined;
    const { location } = resource;
    const instance = path.at(-1) === 'arn' ? sameInstance(resource, references) : undefined;
    if (instance !== undefined) return intrinsicCall(location, 'Fn::GetAtt', instance, 'Arn');
    const found =
      references.length > 1 ? undefined : followReference(references[0] as string, resource.module, maxDepth);
    if (found === undefined) {
      return unknownNode(location, `this is made of ${references.join(', ')}, and is known only once it is applied`);
    }
    const [address, attribute] = found;
    const known = getMember(byAddress.get(address)?.values, attribute);
    if (/(?:^|_)arn$/.test(attribute)) return intrinsicCall(location, 'Fn::GetAtt', address, 'Arn');
    if (known !== undefined && !isNull(known)) return known;
    return nameAttributes.has(attribute)
      ? intrinsicCall(location, 'Ref', address)
      : unknownNode(location, `${references[0]} is known only once it is applied`);
  };

  const withReferences = (node: TemplateNode, location: SourceLocation): TemplateNode => {
    if (node.kind === 'list') {
      return list(
        node.location,
        node.items.map((item) => withReferences(item, location)),
      );
    }
    if (node.kind === 'map') {
      const members = Array.from(node.members, ([name, found]): [string, Member] => [
        name,
        { ...found, value: withReferences(found.value, location) },
      ]);
      return { ...node, members: new Map(members) } satisfies MapNode;
    }
    const address = typeof node.value === 'string' ? byArn.get(node.value) : undefined;
    return address === undefined ? node : intrinsicCall(node.location, 'Fn::GetAtt', address, 'Arn');
  };

  const value: TerraformValues['value'] = (resource, ...path) => {
    const found = at(resource.values, path);
    if (found !== undefined) return isNull(found) ? undefined : withReferences(found, resource.location);
    // A block that is not there has no members either.
    if (path.length > 1 && at(resource.values, path.slice(0, -1)) === undefined) return undefined;
    return byReference(resource, path);
  };

  const rules = resources.filter(({ type }) => type === 'aws_cloudwatch_event_rule');
  const ruleOf = (target: TerraformResource): string | undefined => {
    const name = getString(target.values, 'rule');
    const bus = busOf(target.values);
    const named = rules.filter(({ values }) => getString(values, 'name') === name && busOf(values) === bus);
    if (name !== undefined) return named[0]?.address;
    const references = referencesOf(getMember(target.expressions, 'rule'));
    const [first] = references;
    if (first === undefined) return undefined;
    return sameInstance(target, references) ?? followReference(first, target.module, maxDepth)?.[0];
  };
  return { value, ruleOf };
}

function busOf(values: TemplateNode | undefined): string {
  const bus = getString(values, 'event_bus_name') ?? 'default';
  return bus.slice(bus.indexOf('/') + 1);
}

/** Those that lead to a value; Terraform puts what they are part of behind each. */
function referencesOf(expression: TemplateNode | undefined): readonly string[] {
  const all = getMember(expression, 'references');
  const names = all?.kind === 'list' ? all.items.map((item) => String((item as { value?: unknown }).value)) : [];
  return names.filter((name) => !names.some((other) => other.startsWith(`${name}.`) || other.startsWith(`${name}[`)));
}

function at(node: TemplateNode | undefined, path: readonly (string | number)[]): TemplateNode | undefined {
  let found = node;
  for (const step of path) {
    if (typeof step === 'string') found = getMember(found, step);
    else found = found?.kind === 'list' ? found.items[step] : undefined;
  }
  return found;
}
