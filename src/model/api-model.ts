import { any, boolean, integer, list, oneOf, type Structure, string, structure, timestamp } from './shape.js';

// AWS service model of EventBridge, api 2015-10-07 as shipped with botocore 1.43.107. The order of members is the
// model's: errors are listed in it.

const name = '[\\.\\-_A-Za-z0-9]+';
const slashedName = '[/\\.\\-_A-Za-z0-9]+';
const busArnPrefix = '(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?';

const busName = string(1, 256, slashedName);
const busNameOrArn = string(1, 1600, busArnPrefix + slashedName);
const ruleName = string(1, 64, name);
const ruleState = oneOf('ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS');
const eventPattern = string(undefined, 4096);
const arn = string(1, 1600);
const description = string(undefined, 512);
const nextToken = string(1, 2048);
const limit = integer(1, 100);
const inputPath = string(undefined, 256);
const tags = list(structure('Tag', { 'Key!': string(1, 128), 'Value!': string(0, 256) }));
const deadLetterConfig = structure('DeadLetterConfig', { Arn: arn });

const entry = structure(
  'PutEventsRequestEntry',
  {
    Time: timestamp,
    Source: string(),
    Resources: list(string(undefined, 2048)),
    DetailType: string(),
    Detail: string(),
    EventBusName: string(1, 1600, busArnPrefix + name),
    TraceHeader: string(1, 500),
  },
  ['kmsKeyIdentifier', 'internalMetadata'],
);

const target = structure('Target', {
  'Id!': string(1, 64, name),
  'Arn!': arn,
  RoleArn: arn,
  Input: string(undefined, 8192),
  InputPath: inputPath,
  InputTransformer: structure('InputTransformer', {
    InputPathsMap: { kind: 'map', keys: string(1, 256, '[A-Za-z0-9\\_\\-]+'), values: inputPath, max: 100 },
    'InputTemplate!': string(1, 8192),
  }),
  KinesisParameters: structure('KinesisParameters', { 'PartitionKeyPath!': string(undefined, 256) }),
  RunCommandParameters: any,
  EcsParameters: any,
  BatchParameters: any,
  SqsParameters: structure('SqsParameters', { MessageGroupId: string(undefined, 100) }),
  HttpParameters: any,
  RedshiftDataParameters: any,
  SageMakerPipelineParameters: any,
  DeadLetterConfig: deadLetterConfig,
  RetryPolicy: structure('RetryPolicy', {
    MaximumRetryAttempts: integer(0, 185),
    MaximumEventAgeInSeconds: integer(60, 86_400),
  }),
  AppSyncParameters: any,
});

const ruleOnBus = { 'Name!': ruleName, EventBusName: busNameOrArn };

/** The input of every operation: types, required members, lengths, patterns, ranges. */
export const apiModel = {
  CreateEventBus: structure('CreateEventBusRequest', {
    'Name!': busName,
    EventSourceName: string(1, 256, 'aws\\.partner(/[\\.\\-_A-Za-z0-9]+){2,}'),
    Description: description,
    KmsKeyIdentifier: string(undefined, 2048, '^[a-zA-Z0-9_\\-/:]*$'),
    DeadLetterConfig: deadLetterConfig,
    LogConfig: structure('LogConfig', {
      IncludeDetail: oneOf('NONE', 'FULL'),
      Level: oneOf('OFF', 'ERROR', 'INFO', 'TRACE'),
    }),
    Tags: tags,
  }),
  DescribeEventBus: structure('DescribeEventBusRequest', { Name: busNameOrArn }),
  PutRule: structure('PutRuleRequest', {
    'Name!': ruleName,
    ScheduleExpression: string(undefined, 256),
    EventPattern: eventPattern,
    State: ruleState,
    Description: description,
    RoleArn: arn,
    Tags: tags,
    EventBusName: busNameOrArn,
  }),
  DescribeRule: structure('DescribeRuleRequest', ruleOnBus),
  ListRules: structure('ListRulesRequest', {
    NamePrefix: ruleName,
    EventBusName: busNameOrArn,
    NextToken: nextToken,
    Limit: limit,
  }),
  EnableRule: structure('EnableRuleRequest', ruleOnBus),
  DisableRule: structure('DisableRuleRequest', ruleOnBus),
  DeleteRule: structure('DeleteRuleRequest', { ...ruleOnBus, Force: boolean }),
  PutTargets: structure('PutTargetsRequest', {
    'Rule!': ruleName,
    EventBusName: busNameOrArn,
    'Targets!': list(target, 1, 100),
  }),
  RemoveTargets: structure('RemoveTargetsRequest', {
    'Rule!': ruleName,
    EventBusName: busNameOrArn,
    'Ids!': list(string(1, 64, name), 1, 100),
    Force: boolean,
  }),
  ListTargetsByRule: structure('ListTargetsByRuleRequest', {
    'Rule!': ruleName,
    EventBusName: busNameOrArn,
    NextToken: nextToken,
    Limit: limit,
  }),
  PutEvents: structure('PutEventsRequest', {
    'Entries!': list(entry, 1, 10),
    EndpointId: string(1, 50, '^[A-Za-z0-9\\-]+[\\.][A-Za-z0-9\\-]+$'),
  }),
  TestEventPattern: structure('TestEventPatternRequest', { 'EventPattern!': eventPattern, 'Event!': string() }),
} as const satisfies Record<string, Structure>;
