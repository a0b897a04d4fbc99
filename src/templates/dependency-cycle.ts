import type { CloudTemplate, ResourceNode } from './cloud-template.js';
import { Problem } from './template-error.js';
import { member, type TemplateNode } from './template-node.js';

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
