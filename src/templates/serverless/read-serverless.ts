import type { CloudTemplate, ReadOptions, ResourceNode, SkippedResource } from '../cloudformation/cloud-template.js';
import { readResources } from '../cloudformation/read-resources.js';
import {
  describeNode,
  entriesOf,
  getMember,
  getString,
  type MapNode,
  type Member,
  map,
  scalar,
  type TemplateNode,
} from '../document/template-node.js';
import {
  collectProblems,
  joinPath,
  type SourceLocation,
  type TemplateProblem,
  TemplateProblemError,
} from '../document/template-problem.js';
import { addServerlessEvents } from './serverless-events.js';
import {
  filledSection,
  filledText,
  normalized,
  type ServerlessFunction,
  type ServerlessService,
} from './serverless-rule.js';
import { createVariableResolver, stageOf } from './serverless-variables.js';

/** Reads serverless.yml: functions with their events, and `resources`, by the names that the Serverless Framework gives them. */
export function readServerless(root: TemplateNode, options: ReadOptions, problems: TemplateProblem[]): CloudTemplate {
  const resolveVariables = createVariableResolver(root, options);
  const stage = stageOf(root, options);
  const service = serviceName(root, resolveVariables);
  const skipped: SkippedResource[] = [];
  const written = mergedResources({ resolveVariables, skipped }, getMember(root, 'resources'), problems);
  const found = getMember(written, 'Resources');
  const resources = collectProblems(problems, () => readResources(found, problems)) ?? new Map<string, ResourceNode>();
  const context: ServerlessService = { resolveVariables, resources, skipped };
  const machines = root.kind === 'map' ? root.members.get('stepFunctions') : undefined;
  if (machines !== undefined) {
    const reason = 'what a plugin makes is not read: load the packaged CloudFormation';
    context.skipped.push({
      kind: 'section',
      logicalId: 'stepFunctions',
      names: [],
      type: 'stepFunctions',
      location: machines.location,
      reason,
    });
  }
  const shared = filledSection(context, getMember(root, 'provider', 'environment'), 'provider.environment');
  for (const [key, { location, value: given }] of functionsOf(context, getMember(root, 'functions'))) {
    collectProblems(problems, () => {
      const value = filledSection(context, given, `functions.${key}`);
      if (value === undefined) return;
      if (value.kind !== 'map') {
        throw new TemplateProblemError(value.location, `a function must be an object, but is ${describeNode(value)}`);
      }
      const name = filledText(resolveVariables, getMember(value, 'name')) ?? `${service}-${stage}-${key}`;
      const of: ServerlessFunction = { key, logicalId: `${normalized(key)}LambdaFunction`, name, node: value };
      resources.set(of.logicalId, functionOf(context, of, location, shared));
      addServerlessEvents(context, of, problems);
    });
  }
  return {
    format: 'serverless',
    location: root.location,
    stackName:
      collectProblems(problems, () => filledText(resolveVariables, getMember(root, 'provider', 'stackName'))) ??
      `${service}-${stage}`,
    parameters: getMember(written, 'Parameters'),
    mappings: getMember(written, 'Mappings'),
    conditions: getMember(written, 'Conditions'),
    outputs: getMember(written, 'Outputs'),
    resources,
    references: new Map(),
    skipped: context.skipped,
  };
}

function serviceName(root: TemplateNode, resolveVariables: ServerlessService['resolveVariables']): string {
  const service = getMember(root, 'service');
  const name = filledText(resolveVariables, service) ?? filledText(resolveVariables, getMember(service, 'name'));
  if (name === undefined)
    throw new TemplateProblemError(root.location, 'serverless.yml must have a service, which is its name');
  return name;
}

/** `functions` and `resources` may be lists of objects, to be put together. */
function functionsOf(context: ServerlessService, node: TemplateNode | undefined): readonly [string, Member][] {
  const all = filledSection(context, node, 'functions');
  const parts = all?.kind === 'list' ? all.items : [all];
  return parts.flatMap((part) => entriesOf(filledSection(context, part, 'functions'), 'functions'));
}

function mergedResources(
  context: Pick<ServerlessService, 'resolveVariables' | 'skipped'>,
  written: TemplateNode | undefined,
  problems: TemplateProblem[],
): MapNode | undefined {
  const node = filledSection(context, written, 'resources');
  if (node === undefined) return undefined;
  const sections = new Map<string, Member>();
  const parts = node.kind === 'list' ? node.items : [node];
  for (const part of parts) {
    collectProblems(problems, () => {
      const known = filledSection(context, part, 'resources');
      for (const [name, found] of entriesOf(known && context.resolveVariables(known), 'resources')) {
        const before = sections.get(name)?.value;
        const value = before?.kind === 'map' && found.value.kind === 'map' ? put(before, found.value) : found.value;
        sections.set(name, { ...found, value });
      }
    });
  }
  return { kind: 'map', location: node.location, members: new Map(Array.from(sections, withPath)) };
}

function put(before: MapNode, after: MapNode): MapNode {
  return { ...before, members: new Map([...before.members, ...after.members]) };
}

function withPath([name, found]: [string, Member]): [string, Member] {
  return [name, { ...found, location: { ...found.location, path: joinPath('resources', name) } }];
}

function functionOf(
  context: ServerlessService,
  { key, name, node }: ServerlessFunction,
  location: SourceLocation,
  shared: TemplateNode | undefined,
): ResourceNode {
  const own = filledSection(context, getMember(node, 'environment'), `functions.${key}.environment`);
  const all = [shared, own].flatMap((part) => entriesOf(part, 'environment'));
  const variables = all.map(([variable, found]): [string, Member] => [
    variable,
    { ...found, value: context.resolveVariables(found.value) },
  ]);
  const properties = map(location, {
    FunctionName: scalar(location, name),
    Environment: map(location, { Variables: { kind: 'map', location, members: new Map(variables) } }),
  });
  return {
    logicalId: `${normalized(key)}LambdaFunction`,
    type: 'AWS::Lambda::Function',
    location,
    properties,
    condition: getString(node, 'condition'),
    names: [key],
    source: node,
    isGenerated: false,
  };
}
