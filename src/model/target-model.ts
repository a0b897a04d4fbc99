import { arn, busNameOrArn, deadLetterConfig, page, shortName } from './scalars.js';
import { boolean, integer, list, map, requests, string, structure } from './shape.js';
import { targetParameters } from './target-parameters.js';

const inputPath = string(undefined, 256);

const target = structure('Target', {
  'Id!': shortName,
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

const targetsOfRule = { 'Rule!': shortName, EventBusName: busNameOrArn };

export const targetModel = requests({
  PutTargets: { ...targetsOfRule, 'Targets!': list(target, 1, 100) },
  RemoveTargets: {
    ...targetsOfRule,
    'Ids!': list(shortName, 1, 100),
    Force: boolean,
  },
  ListTargetsByRule: { ...targetsOfRule, ...page },
});
