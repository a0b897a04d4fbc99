import type { Scope } from './cloud-template.js';
import { nodeJson, nodeText } from './node-json.js';
import type { Place } from './place.js';
import { Problem } from './template-error.js';
import { describeNode, itemsOf, member, type TemplateNode } from './template-node.js';

/** Whether a condition of the template holds. Throws a Problem for one that there is not. */
export function holdsCondition(scope: Scope, name: string, place: Place): boolean {
  const condition = member(scope.template.conditions, name);
  if (condition === undefined) throw new Problem(place, `the template has no condition ${name}`);
  return holds(scope, condition);
}

function holds(scope: Scope, node: TemplateNode): boolean {
  if (node.kind === 'map' && node.members.size === 1) {
    const [[name, { value }] = ['', { value: node }]] = node.members;
    if (name === 'Condition' && value.kind === 'scalar') return scope.holds(String(value.value), node.place);
    if (name === 'Fn::And') return operands(node, value).every((item) => holds(scope, item));
    if (name === 'Fn::Or') return operands(node, value).some((item) => holds(scope, item));
    if (name === 'Fn::Not') return !operands(node, value).some((item) => holds(scope, item));
    if (name === 'Fn::Equals') return areEqual(scope, node, value);
  }
  if (node.kind === 'scalar' && (node.value === true || node.value === 'true')) return true;
  if (node.kind === 'scalar' && (node.value === false || node.value === 'false')) return false;
  throw new Problem(
    node.place,
    `a condition is made of Fn::Equals, Fn::And, Fn::Or, Fn::Not and Condition, but this is ${describeNode(node)}`,
  );
}

function operands(node: TemplateNode, value: TemplateNode): readonly TemplateNode[] {
  const items = itemsOf(value, 'what a condition is made of');
  if (items.length === 0) throw new Problem(node.place, 'a condition is made of at least one other');
  return items;
}

function areEqual(scope: Scope, node: TemplateNode, value: TemplateNode): boolean {
  const items = itemsOf(value, 'what Fn::Equals compares');
  if (items.length !== 2) throw new Problem(node.place, `Fn::Equals compares 2 values, but has ${items.length}`);
  const [first, second] = items.map((item) => {
    const resolved = scope.resolve(item);
    return resolved && (nodeText(resolved) ?? nodeJson(resolved));
  });
  return first === second;
}
