import { Problem } from '../document/problem.js';
import { describeNode, member, type TemplateNode } from '../document/template-node.js';
import type { CloudTemplate, ResourceNode } from './cloud-template.js';

/** Throws a Problem for resources that wait for each other, as CloudFormation refuses them. */
export function refuseCycles(template: CloudTemplate): void {
  const done = new Set<string>();
  for (const start of template.resources.keys()) {
    const path: { readonly id: string; readonly next: Iterator<string> }[] = [];
    const open = new Set<string>();
    const enter = (id: string): void => {
      open.add(id);
      path.push({ id, next: referencesOf(template, id).values() });
    };
    if (!done.has(start)) enter(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { value: id, done: isLast } = top.next.next();
      if (isLast) {
        done.add(top.id);
        open.delete(top.id);
        path.pop();
      } else if (open.has(id)) {
        const cycle = path.map((step) => step.id);
        throw cycleOf(template, cycle.slice(cycle.indexOf(id)));
      } else if (!done.has(id)) {
        enter(id);
      }
    }
  }
}

function cycleOf({ resources }: CloudTemplate, cycle: readonly string[]): Problem {
  const first = resources.get(cycle[0] as string) as ResourceNode;
  return new Problem(first.place, `the resources wait for each other: ${[...cycle, cycle[0]].join(' → ')}`);
}

/** The logical ids that a resource refers to. */
function referencesOf({ references, resources }: CloudTemplate, logicalId: string): ReadonlySet<string> {
  const { properties, source } = resources.get(logicalId) as ResourceNode;
  const names = new Set<string>();
  gather(properties, names, new Set());
  const dependsOn = member(source, 'DependsOn');
  for (const item of dependsOn?.kind === 'list' ? dependsOn.items : [dependsOn]) {
    if (item?.kind === 'scalar') names.add(String(item.value));
  }
  const ids = Array.from(names, (name) => references.get(name) ?? name);
  return new Set(ids.filter((id) => resources.has(id)));
}

const variable = /\$\{([^!}][^}]*)\}/g;

function gather(node: TemplateNode, names: Set<string>, seen: Set<TemplateNode>): void {
  if (node.kind === 'scalar' || seen.has(node)) return;
  seen.add(node);
  if (node.kind === 'list') {
    for (const item of node.items) gather(item, names, seen);
    return;
  }
  for (const [name, { value }] of node.members) {
    if (name === 'Ref' && value.kind === 'scalar') names.add(String(value.value));
    if (name === 'Fn::GetAtt') {
      const first = value.kind === 'list' ? value.items[0] : value;
      if (first?.kind === 'scalar')
        names.add(value.kind === 'list' ? String(first.value) : (String(first.value).split('.')[0] ?? ''));
    }
    if (name === 'Fn::Sub') gatherVariables(value, names);
    gather(value, names, seen);
  }
}

function gatherVariables(argument: TemplateNode, names: Set<string>): void {
  const [template, own] = argument.kind === 'list' ? argument.items : [argument];
  if (template?.kind !== 'scalar') return;
  for (const [, name = ''] of String(template.value).matchAll(variable)) {
    if (member(own, name) !== undefined) continue;
    names.add(name);
    if (name.includes('.')) names.add(name.slice(0, name.indexOf('.')));
  }
}

/** The logical ids that a resource names at DependsOn, each with its node. Throws a Problem for what is no name. */
function dependenciesOf({ source }: ResourceNode): readonly (readonly [string, TemplateNode])[] {
  const written = member(source, 'DependsOn');
  if (written === undefined) return [];
  return (written.kind === 'list' ? written.items : [written]).map((item) => {
    if (item.kind === 'scalar' && typeof item.value === 'string') return [item.value, item];
    throw new Problem(item.place, `DependsOn takes the logical ids of resources, but this is ${describeNode(item)}`);
  });
}

/**
 * CloudFormation refuses a DependsOn that names no resource; the sentence is its own. SAM makes more resources than are known here,
 * named after those that it makes them for, or with `Serverless` at the beginning. Throws a Problem.
 */
export function refuseUnknownDependencies(
  resource: ResourceNode,
  written: ReadonlyMap<string, ResourceNode>,
  resources: ReadonlyMap<string, ResourceNode>,
): void {
  for (const [name, { place }] of dependenciesOf(resource)) {
    if (resources.has(name) || isOfSam(name, written)) continue;
    throw new Problem(place, `Unresolved resource dependencies [${name}] in the Resources block of the template`);
  }
}

function isOfSam(name: string, written: ReadonlyMap<string, ResourceNode>): boolean {
  const makers = Array.from(written.values()).filter(({ type }) => type.startsWith('AWS::Serverless::'));
  return makers.some(({ logicalId }) => name.startsWith('Serverless') || name.startsWith(logicalId));
}
