import type { CloudTemplate, ResourceNode, SkippedResource } from '../cloudformation/cloud-template.js';
import {
  entriesOf,
  getMember,
  getString,
  itemsOf,
  list,
  type MapNode,
  map,
  type TemplateNode,
} from '../document/template-node.js';
import { type SourceLocation, TemplateProblemError } from '../document/template-problem.js';
import { terraformProperties, terraformType } from './terraform-types.js';
import { makeValues, type TerraformModule, type TerraformResource } from './terraform-values.js';

const targetType = 'aws_cloudwatch_event_target';

/** Reads what `terraform show -json` prints of a plan or a state. What a plan does not know yet is taken from what it refers to. */
export function readTerraform(root: TemplateNode): CloudTemplate {
  const state = getMember(root, 'planned_values') ?? getMember(root, 'values');
  entriesOf(state, 'values');
  const module = getMember(state, 'root_module');
  entriesOf(module, 'root_module');
  const found = resourcesOf(module, getMember(root, 'configuration', 'root_module'), [], undefined);
  const values = makeValues(found, (type) => type !== targetType && terraformType(type) !== type);
  const resources = new Map<string, ResourceNode>();
  const skipped: SkippedResource[] = [];
  const targets = found.filter(({ type }) => type === targetType);
  for (const resource of found) {
    if (targets.includes(resource)) continue;
    const { address, name, location, node } = resource;
    const properties = terraformProperties(resource, values);
    resources.set(address, {
      logicalId: address,
      type: terraformType(resource.type),
      location,
      properties,
      condition: undefined,
      names: [...new Set([`${resource.type}.${name}`, name])],
      source: node,
      isGenerated: false,
    });
  }
  const byRule = new Map<ResourceNode, TemplateNode[]>();
  for (const target of targets) {
    const rule = values.ruleOf(target);
    const node = rule === undefined ? undefined : resources.get(rule);
    if (node === undefined) {
      const { address, name, location, type } = target;
      skipped.push({
        kind: 'target',
        logicalId: address,
        names: [name],
        type,
        location,
        reason: 'its rule is not among the resources',
      });
    } else {
      byRule.set(node, [...(byRule.get(node) ?? []), terraformProperties(target, values)]);
    }
  }
  for (const [rule, nodes] of byRule) {
    resources.set(rule.logicalId, { ...rule, properties: withTargets(rule.properties, rule.location, nodes) });
  }
  return {
    format: 'terraform',
    location: root.location,
    stackName: 'terraform',
    parameters: undefined,
    mappings: undefined,
    conditions: undefined,
    outputs: undefined,
    resources,
    references: new Map(),
    skipped,
  };
}

function withTargets(properties: MapNode, location: SourceLocation, nodes: readonly TemplateNode[]): MapNode {
  const targets = map(location, { Targets: list(location, nodes) });
  return { ...properties, members: new Map([...properties.members, ...targets.members]) };
}

const maxDepth = 50;

/** Those of a module and of the modules in it, each with what the configuration says of it. */
function resourcesOf(
  module: TemplateNode | undefined,
  configuration: TemplateNode | undefined,
  path: readonly string[],
  above: TerraformModule['above'],
): readonly TerraformResource[] {
  if (path.length > maxDepth)
    throw new TemplateProblemError(module?.location ?? { path: '' }, 'the modules are nested too deeply');
  const here = { path, configuration, above };
  const configured = new Map(
    itemsOf(getMember(configuration, 'resources'), 'resources').map(
      (node) => [getString(node, 'address'), node] as const,
    ),
  );
  const own = itemsOf(getMember(module, 'resources'), 'resources').flatMap((node): TerraformResource[] => {
    const [address, type, name] = ['address', 'type', 'name'].map((part) => getString(node, part));
    if (address === undefined || type === undefined || name === undefined) {
      throw new TemplateProblemError(node.location, 'a resource must have an address, a type and a name');
    }
    if (getString(node, 'mode') === 'data') return [];
    const location = { ...(getMember(node, 'address') ?? node).location, path: address };
    const expressions = getMember(configured.get(`${type}.${name}`), 'expressions');
    return [{ address, type, name, location, node, values: getMember(node, 'values'), expressions, module: here }];
  });
  const inner = itemsOf(getMember(module, 'child_modules'), 'child_modules').flatMap((child) => {
    const address = getString(child, 'address') ?? '';
    const step = address.slice(path.length === 0 ? 0 : path.join('.').length + 1);
    const called = step.replace(/^module\./, '').replace(/\[.*\]$/s, '');
    const call = getMember(configuration, 'module_calls', called);
    return resourcesOf(child, getMember(call, 'module'), [...path, step], { ...here, call });
  });
  return [...own, ...inner];
}
