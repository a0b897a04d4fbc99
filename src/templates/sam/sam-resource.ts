import type { ResourceNode, Scope } from '../cloudformation/cloud-template.js';
import { Problem } from '../document/problem.js';
import {
  call,
  describeNode,
  isCall,
  list,
  type MapNode,
  type Member,
  map,
  member,
  nodeText,
  scalar,
  type TemplateNode,
  textMember,
} from '../document/template-node.js';

/**
 * The properties of a function or state machine, with what Globals say of all functions; state machines are named otherwise than
 * CloudFormation names them. Throws a Problem.
 */
export function samProperties(
  { type, properties, source }: ResourceNode,
  globals: TemplateNode | undefined,
  resolve: Scope['resolve'],
): MapNode {
  if (type === 'AWS::Serverless::StateMachine')
    return withAlias(renamed(properties, 'Name', 'StateMachineName'), resolve);
  const shared = type === 'AWS::Serverless::Function' ? member(globals, 'Function') : undefined;
  if (shared?.kind !== 'map') return withAlias(properties, resolve);
  return withAlias(merged(withoutIgnored(shared, member(source, 'IgnoreGlobals')), properties) as MapNode, resolve);
}

/** A resource may leave out all that Globals say, or some of it. */
function withoutIgnored(shared: MapNode, ignored: TemplateNode | undefined): MapNode {
  if (ignored === undefined) return shared;
  if (ignored.kind === 'scalar' && ignored.value === '*') return { ...shared, members: new Map() };
  const members = new Map(shared.members);
  for (const item of ignored.kind === 'list' ? ignored.items : [ignored]) {
    const name = nodeText(item);
    if (ignored.kind !== 'list' || name === undefined || !members.delete(name)) {
      throw new Problem(item.place, 'IgnoreGlobals must be "*" or a list of properties that Globals have');
    }
  }
  return { ...shared, members };
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
export function besides(of: ResourceNode, references: Map<string, string>): readonly ResourceNode[] {
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
export function targetArn({ logicalId, place, properties, type }: ResourceNode): TemplateNode {
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
