import type { ResourceNode, Scope, Skipped } from './cloud-template.js';
import { nodeText } from './node-json.js';
import { ruleOfEvent, type SamEvent, scheduleReason } from './sam-event.js';
import { gather, Problem, type TemplateProblem } from './template-error.js';
import {
  call,
  describeNode,
  isCall,
  list,
  type MapNode,
  type Member,
  map,
  member,
  membersOf,
  scalar,
  type TemplateNode,
  textMember,
} from './template-node.js';

/** What SAM makes of a resource: types, and what names it. */
const types: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'AWS::Lambda::Function',
  'AWS::Serverless::StateMachine': 'AWS::StepFunctions::StateMachine',
  'AWS::Serverless::SimpleTable': 'AWS::DynamoDB::Table',
};

/** What SAM made of a template. */
export interface Transformed {
  readonly resources: Map<string, ResourceNode>;
  readonly references: Map<string, string>;
  readonly skipped: readonly Skipped[];
}

/** Carries out the SAM transform as far as rules, their targets and names go; `resolve` knows parameters, mappings and conditions. Problems are added to `problems`. */
export function transformSam(
  written: ReadonlyMap<string, ResourceNode>,
  globals: TemplateNode | undefined,
  resolve: Scope['resolve'],
  problems: TemplateProblem[],
): Transformed {
  gather(problems, () => {
    for (const [name, { value }] of membersOf(globals, 'Globals')) membersOf(value, `Globals.${name}`);
  });
  const resources = new Map<string, ResourceNode>();
  const references = new Map<string, string>();
  const skipped: Skipped[] = [];
  for (const resource of written.values()) {
    const type = Object.hasOwn(types, resource.type) ? types[resource.type] : undefined;
    if (type === undefined) {
      resources.set(resource.logicalId, resource);
      continue;
    }
    gather(problems, () => {
      const transformed = { ...resource, type, properties: withAlias(propertiesOf(resource, globals), resolve) };
      resources.set(resource.logicalId, transformed);
      for (const made of besides(transformed, references)) resources.set(made.logicalId, made);
      const events = membersOf(member(transformed.properties, 'Events'), 'Events');
      for (const [name, event] of events) gather(problems, () => addEvent(transformed, name, event));
    });
  }
  return { resources, references, skipped };

  function addEvent(of: ResourceNode, name: string, written: Member): void {
    const event: SamEvent = { name, place: written.place, node: written.value, of, target: targetArn(of) };
    const rules = ruleOfEvent(event);
    if (rules === undefined) {
      const type = textMember(written.value, 'Type') ?? 'an unknown type';
      skipped.push({
        logicalId: `${of.logicalId}${name}`,
        names: [name],
        type,
        place: written.place,
        reason: scheduleReason(type),
      });
    }
    for (const resource of rules ?? []) resources.set(resource.logicalId, resource);
    const enabled = member(written.value, 'Properties', 'Enabled');
    if (rules === undefined || enabled === undefined || !isCall(enabled) || isTrue(enabled)) return;
    skipped.push({
      logicalId: `${of.logicalId}${name}`,
      names: [name],
      type: 'Enabled',
      place: enabled.place,
      reason:
        'SAM takes a function at Enabled for true, whatever it comes to: the rule is enabled; State takes functions',
    });
  }

  function isTrue(enabled: TemplateNode): boolean {
    const resolved = resolve(enabled);
    return resolved?.kind === 'scalar' && resolved.value === true;
  }
}

/** With what Globals say of all functions; state machines are named otherwise than CloudFormation names them. */
function propertiesOf({ type, properties }: ResourceNode, globals: TemplateNode | undefined): MapNode {
  if (type === 'AWS::Serverless::StateMachine') {
    return renamed(properties, 'Name', 'StateMachineName');
  }
  const shared = type === 'AWS::Serverless::Function' ? member(globals, 'Function') : undefined;
  return shared?.kind === 'map' ? (merged(shared, properties) as MapNode) : properties;
}

/** The alias is a part of logical ids, so SAM resolves it before CloudFormation resolves anything. */
function withAlias(properties: MapNode, resolve: Scope['resolve']): MapNode {
  const written = member(properties, 'AutoPublishAlias');
  if (written === undefined) return properties;
  const resolved = resolve(written);
  const name = resolved && nodeText(resolved);
  if (resolved !== undefined && name === undefined) {
    throw new Problem(written.place, `AutoPublishAlias must be text, but is ${describeNode(resolved)}`);
  }
  if (name !== undefined && !/^(?!\d+$)[\w-]+$/.test(name)) {
    const wanted = 'letters, digits, dashes and underscores, not of digits alone';
    throw new Problem(written.place, `AutoPublishAlias must be made of ${wanted}, but is ${JSON.stringify(name)}`);
  }
  const members = new Map(properties.members);
  members.delete('AutoPublishAlias');
  if (name !== undefined) members.set('AutoPublishAlias', { place: written.place, value: scalar(written.place, name) });
  return { ...properties, members };
}

function renamed(node: MapNode, from: string, to: string): MapNode {
  const members = Array.from(node.members, ([name, found]): [string, Member] => [name === from ? to : name, found]);
  return { ...node, members: new Map(members) };
}

/** Objects are merged, lists put behind each other; of anything else the nearer one counts. */
function merged(shared: TemplateNode, own: TemplateNode): TemplateNode {
  if (shared.kind === 'list' && own.kind === 'list') return list(own.place, [...shared.items, ...own.items]);
  if (shared.kind !== 'map' || own.kind !== 'map' || isCall(shared) || isCall(own)) return own;
  const members = new Map(shared.members);
  for (const [name, found] of own.members) {
    const before = members.get(name);
    members.set(name, before === undefined ? found : { ...found, value: merged(before.value, found.value) });
  }
  return { ...own, members };
}

/** The role, the version and the alias of a function or state machine, by the logical ids that SAM gives them. */
function besides(of: ResourceNode, references: Map<string, string>): readonly ResourceNode[] {
  const { logicalId, properties, place } = of;
  const make = (id: string, type: string, properties: MapNode): ResourceNode => ({
    ...of,
    logicalId: id,
    type,
    properties,
    names: [],
    isGenerated: true,
  });
  const role = make(`${logicalId}Role`, 'AWS::IAM::Role', map(place, {}));
  const made = member(properties, 'Role') === undefined ? [role] : [];
  const alias = textMember(properties, 'AutoPublishAlias');
  if (alias === undefined || of.type !== 'AWS::Lambda::Function') return made;
  const FunctionName = call(place, 'Ref', logicalId);
  const version = make(`${logicalId}Version`, 'AWS::Lambda::Version', map(place, { FunctionName }));
  const published = make(
    aliasId(logicalId, alias),
    'AWS::Lambda::Alias',
    map(place, { FunctionName, Name: scalar(place, alias) }),
  );
  references.set(`${logicalId}.Version`, version.logicalId);
  references.set(`${logicalId}.Alias`, published.logicalId);
  return [...made, version, published];
}

function aliasId(logicalId: string, alias: string): string {
  return `${logicalId}Alias${alias.replaceAll('-', 'D').replaceAll('_', 'U')}`;
}

/** A function that publishes an alias is invoked by it; a state machine only if it says so. */
function targetArn({ logicalId, place, properties, type }: ResourceNode): TemplateNode {
  const alias = textMember(properties, 'AutoPublishAlias');
  if (type === 'AWS::Lambda::Function') {
    return alias === undefined
      ? call(place, 'Fn::GetAtt', logicalId, 'Arn')
      : call(place, 'Ref', aliasId(logicalId, alias));
  }
  const usesAlias = member(properties, 'UseAliasAsEventTarget');
  const isUsed = alias !== undefined && usesAlias?.kind === 'scalar' && usesAlias.value === true;
  return isUsed ? call(place, 'Fn::Sub', `\${${logicalId}}:${alias}`) : call(place, 'Ref', logicalId);
}
