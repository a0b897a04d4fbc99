import type { CloudTemplate, ReadOptions, ResourceNode, Skipped } from '../cloudformation/cloud-template.js';
import { readResources } from '../cloudformation/read-resources.js';
import { gather, joinPath, type Place, Problem, type TemplateProblem } from '../document/problem.js';
import {
  describeNode,
  type MapNode,
  type Member,
  map,
  member,
  membersOf,
  scalar,
  type TemplateNode,
  textMember,
} from '../document/template-node.js';
import { addServerlessEvents } from './serverless-events.js';
import {
  filledSection,
  filledText,
  normalized,
  type ServerlessFunction,
  type ServerlessService,
} from './serverless-rule.js';
import { makeFiller, stageOf } from './serverless-variables.js';

/** Reads serverless.yml: functions with their events, and `resources`, by the names that the Serverless Framework gives them. */
export function readServerless(root: TemplateNode, options: ReadOptions, problems: TemplateProblem[]): CloudTemplate {
  const fill = makeFiller(root, options);
  const stage = stageOf(root, options);
  const service = serviceName(root, fill);
  const skipped: Skipped[] = [];
  const written = mergedResources({ fill, skipped }, member(root, 'resources'), problems);
  const found = member(written, 'Resources');
  const resources = gather(problems, () => readResources(found, problems)) ?? new Map<string, ResourceNode>();
  const state: ServerlessService = { fill, resources, skipped };
  const machines = root.kind === 'map' ? root.members.get('stepFunctions') : undefined;
  if (machines !== undefined) {
    const reason = 'what a plugin makes is not read: load the packaged CloudFormation';
    state.skipped.push({ logicalId: 'stepFunctions', names: [], type: 'stepFunctions', place: machines.place, reason });
  }
  const shared = filledSection(state, member(root, 'provider', 'environment'), 'provider.environment');
  for (const [key, { place, value: given }] of functionsOf(state, member(root, 'functions'))) {
    gather(problems, () => {
      const value = filledSection(state, given, `functions.${key}`);
      if (value === undefined) return;
      if (value.kind !== 'map') {
        throw new Problem(value.place, `a function must be an object, but is ${describeNode(value)}`);
      }
      const name = filledText(fill, member(value, 'name')) ?? `${service}-${stage}-${key}`;
      const of: ServerlessFunction = { key, logicalId: `${normalized(key)}LambdaFunction`, name, node: value };
      resources.set(of.logicalId, functionOf(state, of, place, shared));
      addServerlessEvents(state, of, problems);
    });
  }
  return {
    form: 'serverless',
    place: root.place,
    stackName: gather(problems, () => filledText(fill, member(root, 'provider', 'stackName'))) ?? `${service}-${stage}`,
    parameters: member(written, 'Parameters'),
    mappings: member(written, 'Mappings'),
    conditions: member(written, 'Conditions'),
    resources,
    references: new Map(),
    skipped: state.skipped,
  };
}

function serviceName(root: TemplateNode, fill: ServerlessService['fill']): string {
  const service = member(root, 'service');
  const name = filledText(fill, service) ?? filledText(fill, member(service, 'name'));
  if (name === undefined) throw new Problem(root.place, 'serverless.yml must have a service, which is its name');
  return name;
}

/** `functions` and `resources` may be lists of objects, to be put together. */
function functionsOf(state: ServerlessService, node: TemplateNode | undefined): readonly [string, Member][] {
  const all = filledSection(state, node, 'functions');
  const parts = all?.kind === 'list' ? all.items : [all];
  return parts.flatMap((part) => membersOf(filledSection(state, part, 'functions'), 'functions'));
}

function mergedResources(
  state: Pick<ServerlessService, 'fill' | 'skipped'>,
  written: TemplateNode | undefined,
  problems: TemplateProblem[],
): MapNode | undefined {
  const node = filledSection(state, written, 'resources');
  if (node === undefined) return undefined;
  const sections = new Map<string, Member>();
  const parts = node.kind === 'list' ? node.items : [node];
  for (const part of parts) {
    gather(problems, () => {
      const known = filledSection(state, part, 'resources');
      for (const [name, found] of membersOf(known && state.fill(known), 'resources')) {
        const before = sections.get(name)?.value;
        const value = before?.kind === 'map' && found.value.kind === 'map' ? put(before, found.value) : found.value;
        sections.set(name, { ...found, value });
      }
    });
  }
  return { kind: 'map', place: node.place, members: new Map(Array.from(sections, withPath)) };
}

function put(before: MapNode, after: MapNode): MapNode {
  return { ...before, members: new Map([...before.members, ...after.members]) };
}

function withPath([name, found]: [string, Member]): [string, Member] {
  return [name, { ...found, place: { ...found.place, path: joinPath('resources', name) } }];
}

function functionOf(
  state: ServerlessService,
  { key, name, node }: ServerlessFunction,
  place: Place,
  shared: TemplateNode | undefined,
): ResourceNode {
  const own = filledSection(state, member(node, 'environment'), `functions.${key}.environment`);
  const all = [shared, own].flatMap((part) => membersOf(part, 'environment'));
  const variables = all.map(([variable, found]): [string, Member] => [
    variable,
    { ...found, value: state.fill(found.value) },
  ]);
  const properties = map(place, {
    FunctionName: scalar(place, name),
    Environment: map(place, { Variables: { kind: 'map', place, members: new Map(variables) } }),
  });
  return {
    logicalId: `${normalized(key)}LambdaFunction`,
    type: 'AWS::Lambda::Function',
    place,
    properties,
    condition: textMember(node, 'condition'),
    names: [key],
    source: node,
    isGenerated: false,
  };
}
