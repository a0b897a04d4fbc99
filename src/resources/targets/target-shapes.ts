import {
  arn,
  boolean,
  busNameOrArn,
  deadLetterConfig,
  headerKey,
  headerValue,
  integer,
  list,
  map,
  name64,
  oneOf,
  page,
  queryKey,
  queryValue,
  requests,
  string,
  structure,
  tags,
} from '../../model/shape.js';

const sql = { ...string(1, 100_000), isSecret: true };

const ecsParameters = structure('EcsParameters', {
  'TaskDefinitionArn!': arn,
  TaskCount: integer(1),
  LaunchType: oneOf('FARGATE', 'EXTERNAL', 'EC2'),
  NetworkConfiguration: structure('NetworkConfiguration', {
    awsvpcConfiguration: structure('AwsVpcConfiguration', {
      'Subnets!': list(string()),
      SecurityGroups: list(string()),
      AssignPublicIp: oneOf('ENABLED', 'DISABLED'),
    }),
  }),
  PlatformVersion: string(),
  Group: string(),
  CapacityProviderStrategy: list(
    structure('CapacityProviderStrategyItem', {
      'capacityProvider!': string(1, 255),
      weight: integer(0, 1000),
      base: integer(0, 100_000),
    }),
    undefined,
    6,
  ),
  EnableECSManagedTags: boolean,
  EnableExecuteCommand: boolean,
  PlacementConstraints: list(
    structure('PlacementConstraint', {
      type: oneOf('distinctInstance', 'memberOf'),
      expression: string(undefined, 2000),
    }),
    undefined,
    10,
  ),
  PlacementStrategy: list(
    structure('PlacementStrategy', { type: oneOf('random', 'spread', 'binpack'), field: string(undefined, 255) }),
    undefined,
    5,
  ),
  PropagateTags: oneOf('TASK_DEFINITION'),
  ReferenceId: string(undefined, 1024),
  Tags: tags,
});

/** What a target says to the service behind it, in the model's order. */
export const targetParameters = {
  KinesisParameters: structure('KinesisParameters', { 'PartitionKeyPath!': string(undefined, 256) }),
  RunCommandParameters: structure('RunCommandParameters', {
    'RunCommandTargets!': list(
      structure('RunCommandTarget', {
        'Key!': string(1, 128, '^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$'),
        'Values!': list(string(1, 256), 1, 50),
      }),
      1,
      5,
    ),
  }),
  EcsParameters: ecsParameters,
  BatchParameters: structure('BatchParameters', {
    'JobDefinition!': string(),
    'JobName!': string(),
    ArrayProperties: structure('BatchArrayProperties', { Size: integer() }),
    RetryStrategy: structure('BatchRetryStrategy', { Attempts: integer() }),
  }),
  SqsParameters: structure('SqsParameters', { MessageGroupId: string(undefined, 100) }),
  HttpParameters: structure('HttpParameters', {
    PathParameterValues: list(string(undefined, undefined, '^(?!\\s*$).+')),
    // The pattern is told, but captured are an empty value and a line break as accepted.
    HeaderParameters: map(headerKey, { ...headerValue, linearPattern: '[^]*' }),
    QueryStringParameters: map(queryKey, queryValue),
  }),
  RedshiftDataParameters: structure('RedshiftDataParameters', {
    SecretManagerArn: string(
      1,
      1600,
      '(^arn:aws([a-z]|\\-)*:secretsmanager:[a-z0-9-.]+:.*)|(\\$(\\.[\\w_-]+(\\[(\\d+|\\*)\\])*)*)',
    ),
    'Database!': string(1, 64),
    DbUser: string(1, 128),
    Sql: sql,
    StatementName: string(1, 500),
    WithEvent: boolean,
    Sqls: { ...list(sql, 0, 40), isSecret: true },
  }),
  SageMakerPipelineParameters: structure('SageMakerPipelineParameters', {
    PipelineParameterList: list(
      structure('SageMakerPipelineParameter', {
        'Name!': string(1, 256, '^[a-zA-Z0-9](-*[a-zA-Z0-9])*$'),
        'Value!': string(undefined, 1024),
      }),
      0,
      200,
    ),
  }),
};

const inputPath = string(undefined, 256);

const target = structure('Target', {
  'Id!': name64,
  'Arn!': arn,
  RoleArn: arn,
  Input: string(undefined, 8192),
  InputPath: inputPath,
  InputTransformer: structure('InputTransformer', {
    InputPathsMap: map(string(1, 256, '[A-Za-z0-9\\_\\-]+'), inputPath, 100),
    'InputTemplate!': string(1, 8192),
  }),
  ...targetParameters,
  DeadLetterConfig: deadLetterConfig,
  RetryPolicy: structure('RetryPolicy', {
    MaximumRetryAttempts: integer(0, 185),
    MaximumEventAgeInSeconds: integer(60, 86_400),
  }),
  AppSyncParameters: structure('AppSyncParameters', { GraphQLOperation: { ...string(1, 1_048_576), isSecret: true } }),
});

const targetsOfRule = { 'Rule!': name64, EventBusName: busNameOrArn };

export const targetOperationShapes = requests({
  PutTargets: { ...targetsOfRule, 'Targets!': list(target, 1, 100) },
  RemoveTargets: {
    ...targetsOfRule,
    'Ids!': list(name64, 1, 100),
    Force: boolean,
  },
  ListTargetsByRule: { ...targetsOfRule, ...page },
});
