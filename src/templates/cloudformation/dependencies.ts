import { describeNode, getMember, getString, type MapNode, type TemplateNode } from '../document/template-node.js';
import { TemplateProblemError } from '../document/template-problem.js';
import type { CloudTemplate, ResourceNode } from './cloud-template.js';

/** Throws a TemplateProblemError for a circular dependency, as CloudFormation does. */
export function assertAcyclic(template: CloudTemplate): void {
  const done = new Set<string>();
  for (const start of template.resources.keys()) {
    const path: { readonly id: string; readonly next: Iterator<string> }[] = [];
    const open = new Set<string>();
    const visit = (id: string): void => {
      open.add(id);
      path.push({ id, next: referencesOf(template, id).values() });
    };
    if (!done.has(start)) visit(start);
    for (let current = path.at(-1); current !== undefined; current = path.at(-1)) {
      const { value: id, done: isLast } = current.next.next();
      if (isLast) {
        done.add(current.id);
        open.delete(current.id);
        path.pop();
      } else if (open.has(id)) {
        const cycle = path.map((step) => step.id);
        throw cycleOf(template, cycle.slice(cycle.indexOf(id)));
      } else if (!done.has(id)) {
        visit(id);
      }
    }
  }
}

function cycleOf({ resources }: CloudTemplate, cycle: readonly string[]): TemplateProblemError {
  const first = resources.get(cycle[0] as string) as ResourceNode;
  return new TemplateProblemError(
    first.location,
    `circular dependency between resources: ${[...cycle, cycle[0]].join(' → ')}`,
  );
}

/** The logical ids that a resource refers to. */
function referencesOf({ references, resources }: CloudTemplate, logicalId: string): ReadonlySet<string> {
  const { properties, source } = resources.get(logicalId) as ResourceNode;
  const names = new Set<string>();
  collectReferences(isServerless(source) ? withoutEvents(properties) : properties, names, new Set());
  const dependsOn = getMember(source, 'DependsOn');
  for (const item of dependsOn?.kind === 'list' ? dependsOn.items : [dependsOn]) {
    if (item?.kind === 'scalar') names.add(String(item.value));
  }
  const ids = Array.from(names, (name) => references.get(name) ?? name);
  return new Set(ids.filter((id) => resources.has(id)));
}

/** SAM's events become resources of their own, which depend on the function; the function does not depend on them. */
function withoutEvents(properties: MapNode): MapNode {
  return { ...properties, members: new Map(Array.from(properties.members).filter(([name]) => name !== 'Events')) };
}

function isServerless(source: TemplateNode): boolean {
  return getString(source, 'Type')?.startsWith('AWS::Serverless::') ?? false;
}

const variable = /\$\{([^!}][^}]*)\}/g;

function collectReferences(node: TemplateNode, names: Set<string>, seen: Set<TemplateNode>): void {
  if (node.kind === 'scalar' || seen.has(node)) return;
  seen.add(node);
  if (node.kind === 'list') {
    for (const item of node.items) collectReferences(item, names, seen);
    return;
  }
  for (const [name, { value }] of node.members) {
    if (name === 'Ref' && value.kind === 'scalar') names.add(String(value.value));
    if (name === 'Fn::GetAtt') {
      const first = value.kind === 'list' ? value.items[0] : value;
      if (first?.kind === 'scalar')
        names.add(value.kind === 'list' ? String(first.value) : (String(first.value).split('.')[0] ?? ''));
    }
    if (name === 'Fn::Sub') collectVariables(value, names);
    collectReferences(value, names, seen);
  }
}

function collectVariables(argument: TemplateNode, names: Set<string>): void {
  const [template, own] = argument.kind === 'list' ? argument.items : [argument];
  if (template?.kind !== 'scalar') return;
  for (const [, name = ''] of String(template.value).matchAll(variable)) {
    if (getMember(own, name) !== undefined) continue;
    names.add(name);
    if (name.includes('.')) names.add(name.slice(0, name.indexOf('.')));
  }
}

/** The logical ids in the DependsOn of a resource, each with its node. Throws a TemplateProblemError for anything but a name. */
function dependenciesOf({ source }: ResourceNode): readonly (readonly [string, TemplateNode])[] {
  const written = getMember(source, 'DependsOn');
  if (written === undefined) return [];
  return (written.kind === 'list' ? written.items : [written]).map((item) => {
    if (item.kind === 'scalar' && typeof item.value === 'string') return [item.value, item];
    throw new TemplateProblemError(
      item.location,
      `DependsOn takes the logical ids of resources, but this is ${describeNode(item)}`,
    );
  });
}

/**
 * CloudFormation rejects a DependsOn that names no resource; the sentence is its own. SAM makes more resources than are known here,
 * named after those that it makes them for, or with `Serverless` at the beginning. Throws a TemplateProblemError.
 */
export function assertKnownDependencies(
  resource: ResourceNode,
  written: ReadonlyMap<string, ResourceNode>,
  resources: ReadonlyMap<string, ResourceNode>,
): void {
  for (const [name, { location }] of dependenciesOf(resource)) {
    if (resources.has(name) || isOfSam(name, written)) continue;
    throw new TemplateProblemError(
      location,
      `Unresolved resource dependencies [${name}] in the Resources block of the template`,
    );
  }
}

function isOfSam(name: string, written: ReadonlyMap<string, ResourceNode>): boolean {
  const definers = Array.from(written.values()).filter(({ type }) => type.startsWith('AWS::Serverless::'));
  return definers.some(({ logicalId }) => name.startsWith('Serverless') || name.startsWith(logicalId));
}
