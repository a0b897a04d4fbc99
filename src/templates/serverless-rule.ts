import { nodeJson, nodeText } from './node-json.js';
import type { Place } from './place.js';
import { knownValue, type ServerlessFunction, type ServerlessService } from './serverless-service.js';
import { Problem } from './template-error.js';
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
  scalar,
  type TemplateNode,
} from './template-node.js';

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
