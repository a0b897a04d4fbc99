import { type Arn, isApiDestinationArn, parseArn } from '../../base/arn.js';
import { invalid } from '../../base/service-error.js';
import type { BatchParameters, EcsParameters, RedshiftDataParameters, TargetRecord } from '../../model/target.js';

/** Which targets take a block of parameters. SqsParameters are accepted on every target: measured, against the documentation. */
const takers: Readonly<Record<string, (target: TargetRecord, service: string) => boolean>> = {
  KinesisParameters: (_, service) => service === 'kinesis',
  RunCommandParameters: (_, service) => service === 'ssm',
  EcsParameters: (_, service) => service === 'ecs',
  BatchParameters: (_, service) => service === 'batch',
  HttpParameters: ({ Arn }, service) => service === 'execute-api' || isApiDestinationArn(Arn),
  RedshiftDataParameters: (_, service) => service === 'redshift' || service === 'redshift-serverless',
  SageMakerPipelineParameters: (_, service) => service === 'sagemaker',
  AppSyncParameters: (_, service) => service === 'appsync',
};

/**
 * Throws for a block of parameters that the target does not take, needs, or that is out of bounds. Measured is that TaskCount comes
 * before subnets and security groups; the rest of the order is Footbridge's choice.
 */
export function checkParameters(target: TargetRecord, { service }: Arn): void {
  const { Id, EcsParameters, BatchParameters, RedshiftDataParameters } = target;
  for (const [name, takes] of Object.entries(takers)) {
    if (target[name as keyof TargetRecord] !== undefined && !takes(target, service)) {
      throw invalid(`Parameter(s) ${name} not supported for target: ${Id}.`);
    }
  }
  if (service === 'ecs') checkEcs(target, required(Id, 'EcsParameters', EcsParameters));
  if (service === 'batch') checkBatch(required(Id, 'BatchParameters', BatchParameters));
  if (RedshiftDataParameters !== undefined) checkRedshift(Id, RedshiftDataParameters);
}

function required<Block>(id: string, name: string, block: Block | undefined): Block {
  if (block === undefined) throw invalid(`Parameter(s) ${name} must be specified for target: ${id}.`);
  return block;
}

const taskDefinition = /^task-definition\/[-_A-Za-z0-9]+(?::\d+)?$/;

function checkEcs({ Id, Arn: cluster }: TargetRecord, parameters: EcsParameters): void {
  const { TaskDefinitionArn = '', TaskCount = 1, LaunchType, PlatformVersion } = parameters;
  const arn = parseArn(TaskDefinitionArn);
  if (arn?.service !== 'ecs' || !taskDefinition.test(arn.resource)) throw notValid('TaskDefinitionArn', Id);
  const { region, account } = parseArn(cluster) as Arn;
  if (arn.region !== region) throw invalid(`Region of ${cluster} does not match region of ${TaskDefinitionArn}.`);
  if (arn.account !== account) throw invalid(`Account of ${cluster} does not match account of ${TaskDefinitionArn}.`);
  if (TaskCount > 10) throw notValid('TaskCount', Id);
  const network = parameters.NetworkConfiguration?.awsvpcConfiguration;
  if (LaunchType === 'FARGATE' && network === undefined) {
    throw invalid(`Parameter NetworkConfiguration must be specified for target ${Id} when launch type is FARGATE`);
  }
  if (LaunchType === 'EC2') {
    const forFargate = Object.entries({ PlatformVersion, AssignPublicIp: network?.AssignPublicIp });
    const [name] = forFargate.find(([, value]) => value !== undefined) ?? [];
    if (name !== undefined) {
      throw invalid(`Parameter ${name} for target ${Id} is not supported when launch type is EC2`);
    }
  }
  if (network === undefined) return;
  checkSize('Subnets', 'size', network.Subnets?.length ?? 0, 1, 16);
  checkSize('SecurityGroups', 'size', network.SecurityGroups?.length ?? 0, 0, 5);
}

function checkBatch({ ArrayProperties, RetryStrategy }: BatchParameters): void {
  checkSize('ArrayProperties', 'Size', ArrayProperties?.Size, 2, 10_000);
  // Measured is the end of the sentence.
  checkSize('RetryStrategy', 'Attempts', RetryStrategy?.Attempts, 1, 10);
}

function checkSize(parameter: string, what: string, size: number | undefined, min: number, max: number): void {
  if (size === undefined || (size >= min && size <= max)) return;
  throw invalid(`Parameter ${parameter} is not valid. Reason: ${what} must be in between ${min} and ${max}.`);
}

/** Measured is the beginning of the first sentence, and that the second pair is rejected. */
function checkRedshift(id: string, { Sql, Sqls, DbUser, SecretManagerArn }: RedshiftDataParameters): void {
  const either = (one: string, other: string) =>
    invalid(
      `Either RedshiftDataParameters.${one} or RedshiftDataParameters.${other} must be specified for target: ${id}.`,
    );
  if (Sql !== undefined && Sqls !== undefined) throw either('sql', 'sqls');
  if (DbUser !== undefined && SecretManagerArn !== undefined) throw either('dBUser', 'secretManagerArn');
}

function notValid(name: string, id: string): Error {
  return invalid(`Parameter(s) ${name} not valid for target: ${id}.`);
}

/** An ECS target with what the service fills in, as ListTargetsByRule shows it. */
export function withDefaults(target: TargetRecord): TargetRecord {
  const { EcsParameters: given } = target;
  if (given === undefined) return target;
  const { CapacityProviderStrategy: strategy } = given;
  return {
    ...target,
    EcsParameters: {
      ...given,
      TaskCount: given.TaskCount ?? 1,
      EnableECSManagedTags: given.EnableECSManagedTags ?? false,
      EnableExecuteCommand: given.EnableExecuteCommand ?? false,
      ...(strategy && { CapacityProviderStrategy: strategy.map((item) => ({ ...item, base: item.base ?? 0 })) }),
    },
  };
}
