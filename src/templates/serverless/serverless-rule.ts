import type { ResourceNode, SkippedResource } from '../cloudformation/cloud-template.js';
import {
  describeNode,
  entriesOf,
  getMember,
  getString,
  intrinsicCall,
  isNull,
  list,
  type MapNode,
  type Member,
  map,
  nodeJson,
  nodeText,
  scalar,
  type TemplateNode,
  unknownName,
} from '../document/template-node.js';
import { type SourceLocation, TemplateProblemError } from '../document/template-problem.js';

type Properties = Readonly<Record<string, TemplateNode | undefined>>;

/** A rule that the Serverless Framework makes of an event. */
export interface ServerlessRule {
  readonly logicalId: string;
  readonly of: ServerlessFunction;
  readonly event: Member;
  /** Without its description and its state, which are the same for all events. */
  readonly properties: Properties;
  readonly targetId: string;
  /** Of the target, without its Id, its ARN and its input. */
  readonly target?: Properties;
  readonly names?: readonly string[];
}

export function addRule({ resources }: ServerlessService, rule: ServerlessRule): void {
  const { logicalId, of, event, targetId, names = [] } = rule;
  const { location, value } = event;
  const target = map(location, {
    Arn: intrinsicCall(location, 'Fn::GetAtt', of.logicalId, 'Arn'),
    Id: scalar(location, targetId),
    ...inputs(value),
    ...rule.target,
  });
  const properties = map(location, {
    Description: getMember(value, 'description'),
    State: stateOf(getMember(value, 'enabled'), location),
    ...rule.properties,
    Targets: list(location, [target]),
  });
  resources.set(logicalId, {
    logicalId,
    type: 'AWS::Events::Rule',
    location,
    properties,
    condition: undefined,
    names,
    source: value,
    isGenerated: false,
  });
}

/** A member that is an object, if it exists. Throws a TemplateProblemError for anything else. */
export function objectOf(event: TemplateNode, name: string): TemplateNode | undefined {
  const found = getMember(event, name);
  entriesOf(found, name);
  return found;
}

function inputs(event: TemplateNode): Properties {
  const given = ['input', 'inputPath', 'inputTransformer'].flatMap((name) => {
    const found = getMember(event, name);
    return found === undefined || isNull(found) ? [] : [found];
  });
  const [, second] = given;
  if (second !== undefined) {
    // The Serverless Framework rejects this.
    throw new TemplateProblemError(
      second.location,
      'an event has one of input, inputPath and inputTransformer, not several',
    );
  }
  const input = getMember(event, 'input');
  const transformer = objectOf(event, 'inputTransformer');
  return {
    // A list or an object is sent as JSON.
    Input: input && input.kind !== 'scalar' ? scalar(input.location, nodeJson(input)) : input,
    InputPath: getMember(event, 'inputPath'),
    InputTransformer: transformer && transformerOf(transformer),
  };
}

function transformerOf(node: TemplateNode): MapNode {
  return map(node.location, {
    InputPathsMap: getMember(node, 'inputPathsMap'),
    InputTemplate: getMember(node, 'inputTemplate'),
  });
}

function stateOf(enabled: TemplateNode | undefined, location: SourceLocation): TemplateNode {
  const written = enabled === undefined ? 'true' : nodeText(knownValue(enabled));
  if (enabled !== undefined && written !== 'true' && written !== 'false') {
    throw new TemplateProblemError(enabled.location, `enabled must be true or false, but is ${describeNode(enabled)}`);
  }
  return scalar(enabled?.location ?? location, written === 'false' ? 'DISABLED' : 'ENABLED');
}

/** What the events of functions add to. */
export interface ServerlessService {
  readonly resolveVariables: (node: TemplateNode) => TemplateNode;
  readonly resources: Map<string, ResourceNode>;
  readonly skipped: SkippedResource[];
}

/** A function of serverless.yml. */
export interface ServerlessFunction {
  readonly key: string;
  readonly logicalId: string;
  /** Its `name`, or its key after service and stage. */
  readonly name: string;
  readonly node: TemplateNode;
}

/** `bill-order` is `BillDashorder`. */
export function normalized(key: string): string {
  const written = key.replaceAll('-', 'Dash').replaceAll('_', 'Underscore');
  return written.charAt(0).toUpperCase() + written.slice(1);
}

/** A section that may be a variable. One that is not known is added to what is skipped. */
export function filledSection(
  { resolveVariables, skipped }: Pick<ServerlessService, 'resolveVariables' | 'skipped'>,
  node: TemplateNode | undefined,
  name: string,
): TemplateNode | undefined {
  const filled = node?.kind === 'scalar' ? resolveVariables(node) : node;
  const reason = getString(filled, unknownName);
  if (filled === undefined || reason === undefined) return filled;
  skipped.push({ kind: 'value', logicalId: name, names: [], type: name, location: filled.location, reason });
  return undefined;
}

/** A value that an event cannot do without. Throws a TemplateProblemError for a variable that is not known. */
export function knownValue(node: TemplateNode): TemplateNode {
  const unknown = getString(node, unknownName);
  if (unknown !== undefined) throw new TemplateProblemError(node.location, unknown, { code: 'unresolved' });
  return node;
}

/** The string that a value resolves to, if it is one. Throws a TemplateProblemError for an unknown variable. */
export function filledText(
  resolveVariables: ServerlessService['resolveVariables'],
  node: TemplateNode | undefined,
): string | undefined {
  const filled = node && knownValue(resolveVariables(node));
  return filled?.kind === 'scalar' && typeof filled.value === 'string' ? filled.value : undefined;
}
