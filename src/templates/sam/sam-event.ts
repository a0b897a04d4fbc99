import type { ResourceNode } from '../cloudformation/cloud-template.js';
import {
  describeNode,
  getMember,
  getString,
  intrinsicCall,
  isCall,
  list,
  type MapNode,
  map,
  scalar,
  type TemplateNode,
} from '../document/template-node.js';
import { type SourceLocation, TemplateProblemError } from '../document/template-problem.js';

/** An event of a function or state machine. */
export interface SamEvent {
  readonly name: string;
  readonly location: SourceLocation;
  readonly node: TemplateNode;
  readonly of: ResourceNode;
  /** The ARN that its rule has as target. */
  readonly target: TemplateNode;
}

/** The rule that SAM makes of an event, and what it makes beside that; `undefined` for an event that is no rule. Throws a TemplateProblemError. */
export function ruleOfEvent({ name, location, node, of, target }: SamEvent): readonly ResourceNode[] | undefined {
  const type = getString(node, 'Type');
  if (type === undefined) throw new TemplateProblemError(location, 'an event must have a Type');
  const isMachine = of.type === 'AWS::StepFunctions::StateMachine';
  const known = samEventProperties(type, isMachine);
  if (known === undefined) {
    if (otherEventTypes.has(type)) return undefined;
    const all = ['EventBridgeRule', 'CloudWatchEvent', 'Schedule', ...otherEventTypes].join(', ');
    throw new TemplateProblemError(location, `SAM has no event of type ${type}; it has ${all}`);
  }
  const properties = getMember(node, 'Properties');
  if (properties?.kind !== 'map') {
    throw new TemplateProblemError(location, `an event of type ${type} must have Properties, an object`);
  }
  for (const [written, found] of properties.members) {
    if (!known.includes(written)) {
      const what = isMachine ? `${type} of a state machine` : type;
      throw new TemplateProblemError(
        found.location,
        `an event of type ${what} has no property ${written}; it has ${known.join(', ')}`,
      );
    }
    if ((written === 'Pattern' || written === 'Target') && found.value.kind !== 'map') {
      throw new TemplateProblemError(
        found.value.location,
        `${written} must be an object, but is ${describeNode(found.value)}`,
      );
    }
  }
  const logicalId = `${of.logicalId}${name}`;
  const make = (
    id: string,
    resourceType: string,
    generated: MapNode,
    names: readonly string[],
    isGenerated: boolean,
  ): ResourceNode => ({
    logicalId: id,
    type: resourceType,
    location,
    properties: generated,
    condition: of.condition,
    names,
    source: node,
    isGenerated,
  });
  const own = (member_: string) => getMember(properties, member_);
  const deadLetterQueue = deadLetters(properties, logicalId);
  const rule = map(location, {
    Name: type === 'Schedule' ? own('Name') : own('RuleName'),
    Description: own('Description'),
    EventBusName: own('EventBusName'),
    EventPattern: own('Pattern'),
    ScheduleExpression: own('Schedule'),
    State: stateOf(properties),
    Targets: list(location, [
      map(location, {
        Id: getMember(own('Target'), 'Id') ?? scalar(location, targetId(logicalId, of.type)),
        Arn: target,
        RoleArn: isMachine
          ? (own('RoleArn') ?? intrinsicCall(location, 'Fn::GetAtt', `${logicalId}Role`, 'Arn'))
          : undefined,
        Input: own('Input'),
        InputPath: own('InputPath'),
        InputTransformer: own('InputTransformer'),
        DeadLetterConfig: deadLetterQueue.config,
        RetryPolicy: own('RetryPolicy'),
      }),
    ]),
  });
  const generatedResource = (id: string, resourceType: string) => make(id, resourceType, map(location, {}), [], true);
  const generated = [make(logicalId, 'AWS::Events::Rule', rule, [name], false)];
  if (!isMachine) generated.push(generatedResource(`${logicalId}Permission`, 'AWS::Lambda::Permission'));
  else if (own('RoleArn') === undefined) generated.push(generatedResource(`${logicalId}Role`, 'AWS::IAM::Role'));
  if (deadLetterQueue.queue !== undefined) {
    generated.push(
      generatedResource(deadLetterQueue.queue, 'AWS::SQS::Queue'),
      generatedResource(`${logicalId}QueuePolicy`, 'AWS::SQS::QueuePolicy'),
    );
  }
  return generated;
}

/** Why an event of another type is skipped. */
export function scheduleReason(type: string): string {
  return type === 'ScheduleV2'
    ? 'ScheduleV2 is a schedule of EventBridge Scheduler, which is another service than EventBridge'
    : `an event of type ${type} is not an EventBridge rule`;
}

/** With `Type: SQS` SAM makes a queue of its own. */
function deadLetters(properties: MapNode, logicalId: string): { config?: MapNode; queue?: string } {
  const config = getMember(properties, 'DeadLetterConfig');
  if (config === undefined) return {};
  if (config.kind !== 'map')
    throw new TemplateProblemError(
      config.location,
      `DeadLetterConfig must be an object, but is ${describeNode(config)}`,
    );
  const arn = getMember(config, 'Arn');
  const type = getString(config, 'Type');
  if ((arn === undefined) === (type === undefined)) {
    throw new TemplateProblemError(config.location, 'DeadLetterConfig must have either Arn or Type');
  }
  if (arn !== undefined) return { config: map(config.location, { Arn: arn }) };
  if (type !== 'SQS')
    throw new TemplateProblemError(config.location, `Type of DeadLetterConfig must be SQS, but is ${type}`);
  const written = getMember(config, 'QueueLogicalId');
  const queue = written === undefined ? `${logicalId}Queue` : getString(config, 'QueueLogicalId');
  if (queue === undefined)
    throw new TemplateProblemError(config.location, 'QueueLogicalId of DeadLetterConfig must be text');
  return { config: map(config.location, { Arn: intrinsicCall(config.location, 'Fn::GetAtt', queue, 'Arn') }), queue };
}

/** SAM's translator (1.110) asks whether something that is not empty is there: a function means true, whatever it comes to. */
function stateOf(properties: MapNode): TemplateNode | undefined {
  const state = getMember(properties, 'State');
  const enabled = getMember(properties, 'Enabled');
  if (enabled === undefined) return state;
  if (state !== undefined)
    throw new TemplateProblemError(enabled.location, 'an event has either State or Enabled, not both');
  if (enabled.kind === 'scalar' && typeof enabled.value === 'boolean') {
    return scalar(enabled.location, enabled.value ? 'ENABLED' : 'DISABLED');
  }
  if (isCall(enabled)) return scalar(enabled.location, 'ENABLED');
  throw new TemplateProblemError(enabled.location, `Enabled must be true or false, but is ${describeNode(enabled)}`);
}

function targetId(logicalId: string, type: string): string {
  const suffix = type === 'AWS::Lambda::Function' ? 'LambdaTarget' : 'StepFunctionsTarget';
  return logicalId.slice(0, 64 - suffix.length) + suffix;
}

// As SAM's translator 1.110 has them (aws-sam-translator, `property_types` of model/eventsources and model/stepfunctions/events).

const shared = ['Input', 'DeadLetterConfig', 'RetryPolicy', 'State'];
const pattern = ['EventBusName', 'RuleName', 'Pattern', 'InputPath', 'InputTransformer', 'Target', ...shared];
const schedule = ['Schedule', 'Name', 'Description', 'Enabled', ...shared];

/** Of the events that become rules. */
const ofFunctions: Readonly<Record<string, readonly string[]>> = {
  EventBridgeRule: [...pattern, 'Enabled'],
  CloudWatchEvent: [...pattern, 'Enabled'],
  Schedule: [...schedule, 'RuleName'],
};
const ofMachines: Readonly<Record<string, readonly string[]>> = {
  EventBridgeRule: pattern,
  CloudWatchEvent: pattern,
  Schedule: [...schedule, 'Target', 'RoleArn'],
};

/** The events that become no rules. */
const otherEventTypes: ReadonlySet<string> = new Set([
  'ScheduleV2',
  'S3',
  'SNS',
  'SQS',
  'Kinesis',
  'DynamoDB',
  'MSK',
  'MQ',
  'SelfManagedKafka',
  'DocumentDB',
  'Api',
  'HttpApi',
  'CloudWatchLogs',
  'IoTRule',
  'AlexaSkill',
  'Cognito',
]);

/** The properties of events that become rules; `undefined` for all others. */
function samEventProperties(type: string, isMachine: boolean): readonly string[] | undefined {
  const all = isMachine ? ofMachines : ofFunctions;
  return Object.hasOwn(all, type) ? all[type] : undefined;
}
