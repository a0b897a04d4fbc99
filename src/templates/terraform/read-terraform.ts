import type { CloudTemplate, ResourceNode, Skipped } from '../cloudformation/cloud-template.js';
import { type Place, Problem } from '../document/problem.js';
import {
  itemsOf,
  list,
  type MapNode,
  map,
  member,
  membersOf,
  type TemplateNode,
  textMember,
} from '../document/template-node.js';
import { terraformProperties, terraformType } from './terraform-types.js';
import { makeValues, type TerraformModule, type TerraformResource } from './terraform-values.js';

const targetType = 'aws_cloudwatch_event_target';

/** Reads what `terraform show -json` prints of a plan or a state. What a plan does not know yet is taken from what it refers to. */
export function readTerraform(root: TemplateNode): CloudTemplate {
  const state = member(root, 'planned_values') ?? member(root, 'values');
  membersOf(state, 'values');
  const module = member(state, 'root_module');
  membersOf(module, 'root_module');
  const found = resourcesOf(module, member(root, 'configuration', 'root_module'), [], undefined);
  const values = makeValues(found, (type) => type !== targetType && terraformType(type) !== type);
  const resources = new Map<string, ResourceNode>();
  const skipped: Skipped[] = [];
  const targets = found.filter(({ type }) => type === targetType);
  for (const resource of found) {
    if (targets.includes(resource)) continue;
    const { address, name, place, node } = resource;
    const properties = terraformProperties(resource, values);
    resources.set(address, {
      logicalId: address,
      type: terraformType(resource.type),
      place,
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
      const { address, name, place, type } = target;
      skipped.push({ logicalId: address, names: [name], type, place, reason: 'its rule is not among the resources' });
    } else {
      byRule.set(node, [...(byRule.get(node) ?? []), terraformProperties(target, values)]);
    }
  }
  for (const [rule, nodes] of byRule) {
    resources.set(rule.logicalId, { ...rule, properties: withTargets(rule.properties, rule.place, nodes) });
  }
  return {
    form: 'terraform',
    place: root.place,
    stackName: 'terraform',
    parameters: undefined,
    mappings: undefined,
    conditions: undefined,
    resources,
    references: new Map(),
    skipped,
  };
}

function withTargets(properties: MapNode, place: Place, nodes: readonly TemplateNode[]): MapNode {
  const targets = map(place, { Targets: list(place, nodes) });
  return { ...properties, members: new Map([...properties.members, ...targets.members]) };
}

const deepest = 50;

/** Those of a module and of the modules in it, each with what the configuration says of it. */
function resourcesOf(
  module: TemplateNode | undefined,
  configuration: TemplateNode | undefined,
  path: readonly string[],
  above: TerraformModule['above'],
): readonly TerraformResource[] {
  if (path.length > deepest) throw new Problem(module?.place ?? { path: '' }, 'the modules are nested too deeply');
  const here = { path, configuration, above };
  const configured = new Map(
    itemsOf(member(configuration, 'resources'), 'resources').map(
      (node) => [textMember(node, 'address'), node] as const,
    ),
  );
  const own = itemsOf(member(module, 'resources'), 'resources').flatMap((node): TerraformResource[] => {
    const [address, type, name] = ['address', 'type', 'name'].map((part) => textMember(node, part));
    if (address === undefined || type === undefined || name === undefined) {
      throw new Problem(node.place, 'a resource must have an address, a type and a name');
    }
    if (textMember(node, 'mode') === 'data') return [];
    const place = { ...(member(node, 'address') ?? node).place, path: address };
    const expressions = member(configured.get(`${type}.${name}`), 'expressions');
    return [{ address, type, name, place, node, values: member(node, 'values'), expressions, module: here }];
  });
  const inner = itemsOf(member(module, 'child_modules'), 'child_modules').flatMap((child) => {
    const address = textMember(child, 'address') ?? '';
    const step = address.slice(path.length === 0 ? 0 : path.join('.').length + 1);
    const called = step.replace(/^module\./, '').replace(/\[.*\]$/s, '');
    const call = member(configuration, 'module_calls', called);
    return resourcesOf(child, member(call, 'module'), [...path, step], { ...here, call });
  });
  return [...own, ...inner];
}
