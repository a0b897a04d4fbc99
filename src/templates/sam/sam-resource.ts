import type { ResourceNode, TemplateResolver } from '../cloudformation/cloud-template.js';
import {
  describeNode,
  getMember,
  getString,
  intrinsicCall,
  isCall,
  list,
  type MapNode,
  type Member,
  map,
  nodeText,
  scalar,
  type TemplateNode,
} from '../document/template-node.js';
import { TemplateProblemError } from '../document/template-problem.js';

/**
 * The properties of a function or state machine, with what Globals say of all functions; state machines are named otherwise than
 * CloudFormation names them. Throws a TemplateProblemError.
 */
export function samProperties(
  { type, properties, source }: ResourceNode,
  globals: TemplateNode | undefined,
  resolve: TemplateResolver['resolve'],
): MapNode {
  if (type === 'AWS::Serverless::StateMachine')
    return withAlias(renamed(properties, 'Name', 'StateMachineName'), resolve);
  const shared = type === 'AWS::Serverless::Function' ? getMember(globals, 'Function') : undefined;
  if (shared?.kind !== 'map') return withAlias(properties, resolve);
  return withAlias(merged(withoutIgnored(shared, getMember(source, 'IgnoreGlobals')), properties) as MapNode, resolve);
}

/** A resource may leave out all that Globals say, or some of it. */
function withoutIgnored(shared: MapNode, ignored: TemplateNode | undefined): MapNode {
  if (ignored === undefined) return shared;
  if (ignored.kind === 'scalar' && ignored.value === '*') return { ...shared, members: new Map() };
  const members = new Map(shared.members);
  for (const item of ignored.kind === 'list' ? ignored.items : [ignored]) {
    const name = nodeText(item);
    if (ignored.kind !== 'list' || name === undefined || !members.delete(name)) {
      throw new TemplateProblemError(
        item.location,
        'IgnoreGlobals must be "*" or a list of properties that Globals have',
      );
    }
  }
  return { ...shared, members };
}

/** The alias is a part of logical ids, so SAM resolves it before CloudFormation resolves anything. */
function withAlias(properties: MapNode, resolve: TemplateResolver['resolve']): MapNode {
  const written = getMember(properties, 'AutoPublishAlias');
  if (written === undefined) return properties;
  const resolved = resolve(written);
  const name = resolved && nodeText(resolved);
  if (resolved !== undefined && name === undefined) {
    throw new TemplateProblemError(written.location, `AutoPublishAlias must be text, but is ${describeNode(resolved)}`);
  }
  if (name !== undefined && !/^(?!\d+$)[\w-]+$/.test(name)) {
    const wanted = 'letters, digits, dashes and underscores, not of digits alone';
    throw new TemplateProblemError(
      written.location,
      `AutoPublishAlias must be made of ${wanted}, but is ${JSON.stringify(name)}`,
    );
  }
  const members = new Map(properties.members);
  members.delete('AutoPublishAlias');
  if (name !== undefined)
    members.set('AutoPublishAlias', { location: written.location, value: scalar(written.location, name) });
  return { ...properties, members };
}

function renamed(node: MapNode, from: string, to: string): MapNode {
  const members = Array.from(node.members, ([name, found]): [string, Member] => [name === from ? to : name, found]);
  return { ...node, members: new Map(members) };
}

/** Objects are merged, lists put behind each other; of anything else the nearer one counts. */
function merged(shared: TemplateNode, own: TemplateNode): TemplateNode {
  if (shared.kind === 'list' && own.kind === 'list') return list(own.location, [...shared.items, ...own.items]);
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
  const { logicalId, properties, location } = of;
  const make = (id: string, type: string, properties: MapNode): ResourceNode => ({
    ...of,
    logicalId: id,
    type,
    properties,
    names: [],
    isGenerated: true,
  });
  const role = make(`${logicalId}Role`, 'AWS::IAM::Role', map(location, {}));
  const generated = getMember(properties, 'Role') === undefined ? [role] : [];
  const alias = getString(properties, 'AutoPublishAlias');
  if (alias === undefined || of.type !== 'AWS::Lambda::Function') return generated;
  const FunctionName = intrinsicCall(location, 'Ref', logicalId);
  const version = make(`${logicalId}Version`, 'AWS::Lambda::Version', map(location, { FunctionName }));
  const published = make(
    aliasId(logicalId, alias),
    'AWS::Lambda::Alias',
    map(location, { FunctionName, Name: scalar(location, alias) }),
  );
  references.set(`${logicalId}.Version`, version.logicalId);
  references.set(`${logicalId}.Alias`, published.logicalId);
  return [...generated, version, published];
}

function aliasId(logicalId: string, alias: string): string {
  return `${logicalId}Alias${alias.replaceAll('-', 'D').replaceAll('_', 'U')}`;
}

/** A function that publishes an alias is invoked by it; a state machine only if it says so. */
export function targetArn({ logicalId, location, properties, type }: ResourceNode): TemplateNode {
  const alias = getString(properties, 'AutoPublishAlias');
  if (type === 'AWS::Lambda::Function') {
    return alias === undefined
      ? intrinsicCall(location, 'Fn::GetAtt', logicalId, 'Arn')
      : intrinsicCall(location, 'Ref', aliasId(logicalId, alias));
  }
  const usesAlias = getMember(properties, 'UseAliasAsEventTarget');
  const isUsed = alias !== undefined && usesAlias?.kind === 'scalar' && usesAlias.value === true;
  return isUsed
    ? intrinsicCall(location, 'Fn::Sub', `\${${logicalId}}:${alias}`)
    : intrinsicCall(location, 'Ref', logicalId);
}
