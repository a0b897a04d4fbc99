import { type Place, Problem } from '../document/problem.js';
import {
  describeNode,
  isCall,
  itemsOf,
  list,
  type MapNode,
  type Member,
  member,
  nodeJson,
  nodeText,
  scalar,
  type TemplateNode,
} from '../document/template-node.js';
import type { CloudTemplate, Scope, StackSettings } from './cloud-template.js';
import { resolveDynamic } from './dynamic-reference.js';
import { intrinsics } from './intrinsics.js';

/** A small file of aliases or names can stand for more than any memory holds. */
const mostSteps = 2_000_000;
const longestText = 1_000_000;
const deepest = 1000;
const unsupported = { code: 'unsupported' } as const;

/** What resolves the nodes of a template. */
export function makeScope(template: CloudTemplate, settings: StackSettings): Scope {
  const conditions = new Map<string, boolean | undefined>();
  let steps = 0;
  let level = 0;

  const resolve = (node: TemplateNode): TemplateNode | undefined => {
    if (++steps > mostSteps)
      throw new Problem(node.place, 'the template grows without end as it is resolved', unsupported);
    if (node.kind === 'scalar') return resolveScalar(node);
    if (++level > deepest) throw new Problem(node.place, 'the references of the template go too deep', unsupported);
    try {
      return node.kind === 'list' ? resolveList(node.place, node.items) : resolveMap(node);
    } finally {
      level--;
    }
  };
  const resolveScalar = (node: TemplateNode): TemplateNode => {
    if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
    if (node.value.length > longestText)
      throw new Problem(
        node.place,
        `a text longer than ${longestText} characters: it is that long, or grows without end as it is resolved`,
        unsupported,
      );
    return node.value.includes('{{resolve:')
      ? scalar(node.place, resolveDynamic(node.value, settings, node.place))
      : node;
  };
  const resolveList = (place: Place, items: readonly TemplateNode[]): TemplateNode =>
    list(
      place,
      items.flatMap((item) => resolve(item) ?? []),
    );
  const resolveMap = (node: MapNode): TemplateNode | undefined => {
    const [[name, argument] = ['', undefined]] = node.members;
    if (argument !== undefined && isCall(node)) {
      const intrinsic = Object.hasOwn(intrinsics, name) ? intrinsics[name] : undefined;
      if (intrinsic === undefined) throw new Problem(node.place, `there is no intrinsic function ${name}`);
      const result = intrinsic(scope, argument.value, node.place);
      return result === undefined ? undefined : resolveScalar(result);
    }
    const members = new Map<string, Member>();
    for (const [key, { place, value }] of node.members) {
      const resolved = resolve(value);
      if (resolved !== undefined) members.set(key, { place, value: resolved });
    }
    return { ...node, members };
  };
  const scope: Scope = {
    template,
    settings,
    made: new Map(),
    used: new Map(),
    resolve,
    text: (node, what) => {
      const resolved = resolve(node);
      const text = resolved && nodeText(resolved);
      if (text === undefined) {
        const found = resolved === undefined ? 'AWS::NoValue' : describeNode(resolved);
        throw new Problem(node.place, `${what} must be text, but is ${found}`);
      }
      return text;
    },
    holds: (condition, place) => {
      const known = conditions.get(condition);
      if (known !== undefined) return known;
      if (conditions.has(condition)) throw new Problem(place, `the condition ${condition} asks for itself`);
      conditions.set(condition, undefined);
      try {
        const holds = holdsCondition(scope, condition, place);
        conditions.set(condition, holds);
        return holds;
      } catch (error) {
        conditions.delete(condition);
        throw error;
      }
    },
  };
  return scope;
}

/** Whether a condition of the template holds. Throws a Problem for one that there is not. */
function holdsCondition(scope: Scope, name: string, place: Place): boolean {
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
