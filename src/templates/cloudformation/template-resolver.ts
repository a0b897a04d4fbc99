import {
  describeNode,
  getMember,
  isCall,
  itemsOf,
  list,
  type MapNode,
  type Member,
  nodeJson,
  nodeText,
  scalar,
  type TemplateNode,
} from '../document/template-node.js';
import { type SourceLocation, TemplateProblemError, templateProblem } from '../document/template-problem.js';
import type { CloudTemplate, StackSettings, TemplateResolver } from './cloud-template.js';
import { resolveDynamic } from './dynamic-reference.js';
import { intrinsics } from './intrinsics.js';
import { placeholder } from './placeholders.js';

/** A small file of aliases or names can expand to more than any memory holds. */
const maxSteps = 2_000_000;
const maxTextLength = 1_000_000;
const maxDepth = 1000;
function isGap(error: unknown): error is TemplateProblemError {
  return error instanceof TemplateProblemError && error.why.code !== undefined;
}

/** What resolves the nodes of a template. */
export function createResolver(template: CloudTemplate, settings: StackSettings): TemplateResolver {
  const conditions = new Map<string, boolean | undefined>();
  let steps = 0;
  let level = 0;

  const resolve = (node: TemplateNode): TemplateNode | undefined => {
    if (++steps > maxSteps)
      throw new TemplateProblemError(node.location, 'the template grows without end as it is resolved');
    if (node.kind === 'scalar') return resolveScalar(node);
    if (++level > maxDepth) throw new TemplateProblemError(node.location, 'the references of the template go too deep');
    try {
      return node.kind === 'list' ? resolveList(node.location, node.items) : resolveMap(node);
    } finally {
      level--;
    }
  };
  const resolveScalar = (node: TemplateNode): TemplateNode => {
    if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
    if (node.value.length > maxTextLength)
      throw new TemplateProblemError(
        node.location,
        `a string longer than ${maxTextLength} characters: it is that long, or grows without end as it is resolved`,
      );
    const { location, value } = node;
    if (!value.includes('{{resolve:')) return node;
    const resolved = resolver.orPlaceholder(location, () =>
      scalar(location, resolveDynamic(value, settings, location)),
    );
    return resolved as TemplateNode;
  };
  const resolveList = (location: SourceLocation, items: readonly TemplateNode[]): TemplateNode =>
    list(
      location,
      items.flatMap((item) => resolve(item) ?? []),
    );
  const resolveMap = (node: MapNode): TemplateNode | undefined => {
    const [[name, argument] = ['', undefined]] = node.members;
    if (argument !== undefined && isCall(node)) {
      const intrinsic = Object.hasOwn(intrinsics, name) ? intrinsics[name] : undefined;
      if (intrinsic === undefined)
        throw new TemplateProblemError(node.location, `there is no intrinsic function ${name}`);
      const result = resolver.orPlaceholder(node.location, () => intrinsic(resolver, argument.value, node.location));
      return result === undefined ? undefined : resolveScalar(result);
    }
    const members = new Map<string, Member>();
    for (const [key, { location, value }] of node.members) {
      const resolved = resolve(value);
      if (resolved !== undefined) members.set(key, { location, value: resolved });
    }
    return { ...node, members };
  };
  const resolver: TemplateResolver = {
    template,
    settings,
    made: new Map(),
    used: new Map(),
    notes: new Map(),
    unresolved: new Map(),
    resolve,
    opaque: (problem, value) => {
      if (settings.unresolved === 'throw') throw problem;
      resolver.notes.set(value, templateProblem(problem));
      return value;
    },
    orPlaceholder: (location, work) => {
      try {
        return work();
      } catch (error) {
        if (settings.unresolved !== 'placeholder' || !isGap(error)) throw error;
        const { parameter = '' } = error.why;
        resolver.unresolved.set(`${parameter} ${error.message}`, templateProblem(error));
        return scalar(location, placeholder(parameter));
      }
    },
    text: (node, what) => {
      const resolved = resolve(node);
      const text = resolved && nodeText(resolved);
      if (text === undefined) {
        const found = resolved === undefined ? 'AWS::NoValue' : describeNode(resolved);
        throw new TemplateProblemError(node.location, `${what} must be text, but is ${found}`);
      }
      return text;
    },
    holds: (condition, location) => {
      const known = conditions.get(condition);
      if (known !== undefined) return known;
      if (conditions.has(condition))
        throw new TemplateProblemError(location, `the condition ${condition} refers to itself`);
      conditions.set(condition, undefined);
      try {
        const before = resolver.unresolved.size;
        const outcome = holdsCondition(resolver, condition, location);
        // What depends on a condition that cannot be decided is checked as well.
        const holds = outcome || resolver.unresolved.size > before;
        conditions.set(condition, holds);
        return holds;
      } catch (error) {
        conditions.delete(condition);
        throw error;
      }
    },
  };
  return resolver;
}

/** Whether a condition of the template holds. Throws a TemplateProblemError if it does not exist. */
function holdsCondition(resolver: TemplateResolver, name: string, location: SourceLocation): boolean {
  const condition = getMember(resolver.template.conditions, name);
  if (condition === undefined) throw new TemplateProblemError(location, `the template has no condition ${name}`);
  return holds(resolver, condition);
}

function holds(resolver: TemplateResolver, node: TemplateNode): boolean {
  if (node.kind === 'map' && node.members.size === 1) {
    const [[name, { value }] = ['', { value: node }]] = node.members;
    if (name === 'Condition' && value.kind === 'scalar') return resolver.holds(String(value.value), node.location);
    if (name === 'Fn::And') return operands(node, value).every((item) => holds(resolver, item));
    if (name === 'Fn::Or') return operands(node, value).some((item) => holds(resolver, item));
    if (name === 'Fn::Not') return !operands(node, value).some((item) => holds(resolver, item));
    if (name === 'Fn::Equals') return areEqual(resolver, node, value);
  }
  if (node.kind === 'scalar' && (node.value === true || node.value === 'true')) return true;
  if (node.kind === 'scalar' && (node.value === false || node.value === 'false')) return false;
  throw new TemplateProblemError(
    node.location,
    `a condition is made of Fn::Equals, Fn::And, Fn::Or, Fn::Not and Condition, but this is ${describeNode(node)}`,
  );
}

function operands(node: TemplateNode, value: TemplateNode): readonly TemplateNode[] {
  const items = itemsOf(value, 'what a condition is made of');
  if (items.length === 0) throw new TemplateProblemError(node.location, 'a condition needs at least one operand');
  return items;
}

function areEqual(resolver: TemplateResolver, node: TemplateNode, value: TemplateNode): boolean {
  const items = itemsOf(value, 'what Fn::Equals compares');
  if (items.length !== 2)
    throw new TemplateProblemError(node.location, `Fn::Equals compares 2 values, but has ${items.length}`);
  const [first, second] = items.map((item) => {
    const resolved = resolver.resolve(item);
    return resolved && (nodeText(resolved) ?? nodeJson(resolved));
  });
  return first === second;
}
