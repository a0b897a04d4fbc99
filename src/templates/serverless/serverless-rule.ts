import type { ResourceNode, Skipped } from '../cloudformation/cloud-template.js';
import { type Place, Problem } from '../document/problem.js';
import {
  call,
  describeNode,
  isNull,
  list,
  type MapNode,
  type Member,
  map,
  member,
  membersOf,
  nodeJson,
  nodeText,
  scalar,
  type TemplateNode,
  textMember,
  unknownName,
} from '../document/template-node.js';

type Properties = Readonly<Record<string, TemplateNode | undefined>>;

/** A rule that the Serverless Framework makes of an event. */
export interface ServerlessRule {
  readonly logicalId: string;
  readonly of: ServerlessFunction;
  readonly event: Member;
  /** But for its description and its state, which all events say alike. */
  readonly properties: Properties;
  readonly targetId: string;
  /** Of the target, but for its Id, its ARN and its input. */
  readonly target?: Properties;
  readonly names?: readonly string[];
}

export function addRule({ resources }: ServerlessService, rule: ServerlessRule): void {
  const { logicalId, of, event, targetId, names = [] } = rule;
  const { place, value } = event;
  const target = map(place, {
    Arn: call(place, 'Fn::GetAtt', of.logicalId, 'Arn'),
    Id: scalar(place, targetId),
    ...inputs(value),
    ...rule.target,
  });
  const properties = map(place, {
    Description: member(value, 'description'),
    State: stateOf(member(value, 'enabled'), place),
    ...rule.properties,
    Targets: list(place, [target]),
  });
  resources.set(logicalId, {
    logicalId,
    type: 'AWS::Events::Rule',
    place,
    properties,
    condition: undefined,
    names,
    source: value,
    isGenerated: false,
  });
}

/** Throws a Problem for what is there and is no object. */
export function objectOf(event: TemplateNode, name: string): TemplateNode | undefined {
  const found = member(event, name);
  membersOf(found, name);
  return found;
}

function inputs(event: TemplateNode): Properties {
  const given = ['input', 'inputPath', 'inputTransformer'].flatMap((name) => {
    const found = member(event, name);
    return found === undefined || isNull(found) ? [] : [found];
  });
  const [, second] = given;
  if (second !== undefined) {
    // What the Serverless Framework refuses.
    throw new Problem(second.place, 'an event has one of input, inputPath and inputTransformer, not several');
  }
  const input = member(event, 'input');
  const transformer = objectOf(event, 'inputTransformer');
  return {
    // What is not text is sent as JSON.
    Input: input && input.kind !== 'scalar' ? scalar(input.place, nodeJson(input)) : input,
    InputPath: member(event, 'inputPath'),
    InputTransformer: transformer && transformerOf(transformer),
  };
}

function transformerOf(node: TemplateNode): MapNode {
  return map(node.place, {
    InputPathsMap: member(node, 'inputPathsMap'),
    InputTemplate: member(node, 'inputTemplate'),
  });
}

function stateOf(enabled: TemplateNode | undefined, place: Place): TemplateNode {
  const written = enabled === undefined ? 'true' : nodeText(knownValue(enabled));
  if (enabled !== undefined && written !== 'true' && written !== 'false') {
    throw new Problem(enabled.place, `enabled must be true or false, but is ${describeNode(enabled)}`);
  }
  return scalar(enabled?.place ?? place, written === 'false' ? 'DISABLED' : 'ENABLED');
}

/** What the events of functions add to. */
export interface ServerlessService {
  readonly fill: (node: TemplateNode) => TemplateNode;
  readonly resources: Map<string, ResourceNode>;
  readonly skipped: Skipped[];
}

/** A function of serverless.yml. */
export interface ServerlessFunction {
  readonly key: string;
  readonly logicalId: string;
  /** Its name, with `service` and stage before the key unless it says another. */
  readonly name: string;
  readonly node: TemplateNode;
}

/** `bill-order` is `BillDashorder`. */
export function normalized(key: string): string {
  const written = key.replaceAll('-', 'Dash').replaceAll('_', 'Underscore');
  return written.charAt(0).toUpperCase() + written.slice(1);
}

/** A section that a variable may stand for. One that is not known is added to what is skipped. */
export function filledSection(
  { fill, skipped }: Pick<ServerlessService, 'fill' | 'skipped'>,
  node: TemplateNode | undefined,
  name: string,
): TemplateNode | undefined {
  const filled = node?.kind === 'scalar' ? fill(node) : node;
  const reason = textMember(filled, unknownName);
  if (filled === undefined || reason === undefined) return filled;
  skipped.push({ logicalId: name, names: [], type: name, place: filled.place, reason });
  return undefined;
}

/** A value that an event cannot do without. Throws a Problem for a variable that is not known. */
export function knownValue(node: TemplateNode): TemplateNode {
  const unknown = textMember(node, unknownName);
  if (unknown !== undefined) throw new Problem(node.place, unknown, { code: 'unresolved' });
  return node;
}

/** The text of a value, or nothing where there is none. Throws a Problem for a variable that is not known. */
export function filledText(fill: ServerlessService['fill'], node: TemplateNode | undefined): string | undefined {
  const filled = node && knownValue(fill(node));
  return filled?.kind === 'scalar' && typeof filled.value === 'string' ? filled.value : undefined;
}
