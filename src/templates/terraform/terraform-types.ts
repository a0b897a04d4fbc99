import { getMember, list, type MapNode, map, scalar, type TemplateNode } from '../document/template-node.js';
import { terraformParameters } from './terraform-parameters.js';
import type { TerraformResource, TerraformValues } from './terraform-values.js';

/** The value at a path of a resource. */
export type Value = (...path: readonly (string | number)[]) => TemplateNode | undefined;

type Properties = Readonly<Record<string, TemplateNode | undefined>>;

interface TerraformType {
  readonly type: string;
  readonly properties: (value: Value, resource: TerraformResource) => Properties;
}

/** The types of Terraform's AWS provider that a rule, a target or a name may need, as CloudFormation has them. */
const types: Readonly<Record<string, TerraformType>> = {
  aws_cloudwatch_event_bus: {
    type: 'AWS::Events::EventBus',
    properties: (value, { location }) => ({
      Name: value('name'),
      Description: value('description'),
      KmsKeyIdentifier: value('kms_key_identifier'),
      DeadLetterConfig: optional(location, { Arn: value('dead_letter_config', 0, 'arn') }),
    }),
  },
  aws_cloudwatch_event_rule: {
    type: 'AWS::Events::Rule',
    properties: (value, resource) => ({
      Name: nameOf(value, resource),
      Description: value('description'),
      EventBusName: value('event_bus_name'),
      EventPattern: value('event_pattern'),
      ScheduleExpression: value('schedule_expression'),
      State: value('state') ?? stateOf(value('is_enabled')),
      RoleArn: value('role_arn'),
    }),
  },
  aws_cloudwatch_event_target: { type: 'target', properties: targetOf },
  aws_cloudwatch_event_archive: {
    type: 'AWS::Events::Archive',
    properties: (value) => ({
      ArchiveName: value('name'),
      SourceArn: value('event_source_arn'),
      Description: value('description'),
      EventPattern: value('event_pattern'),
      RetentionDays: value('retention_days'),
    }),
  },
  aws_cloudwatch_event_connection: { type: 'AWS::Events::Connection', properties: connectionOf },
  aws_cloudwatch_event_api_destination: {
    type: 'AWS::Events::ApiDestination',
    properties: (value) => ({
      Name: value('name'),
      Description: value('description'),
      ConnectionArn: value('connection_arn'),
      InvocationEndpoint: value('invocation_endpoint'),
      HttpMethod: value('http_method'),
      InvocationRateLimitPerSecond: value('invocation_rate_limit_per_second'),
    }),
  },
  aws_cloudwatch_event_permission: {
    type: 'AWS::Events::EventBusPolicy',
    properties: (value, { location }) => ({
      EventBusName: value('event_bus_name'),
      StatementId: value('statement_id'),
      Action: value('action') ?? scalar(location, 'events:PutEvents'),
      Principal: value('principal'),
      Condition: optional(location, {
        Type: value('condition', 0, 'type'),
        Key: value('condition', 0, 'key'),
        Value: value('condition', 0, 'value'),
      }),
    }),
  },
  aws_cloudwatch_event_bus_policy: {
    type: 'AWS::Events::EventBusPolicy',
    properties: (value) => ({ EventBusName: value('event_bus_name'), Policy: value('policy') }),
  },
  aws_cloudwatch_event_endpoint: named('AWS::Events::Endpoint', 'Name'),
  aws_lambda_function: {
    type: 'AWS::Lambda::Function',
    properties: (value, { location }) => ({
      FunctionName: value('function_name'),
      Environment: optional(location, { Variables: value('environment', 0, 'variables') }),
    }),
  },
  aws_lambda_alias: {
    type: 'AWS::Lambda::Alias',
    properties: (value) => ({ FunctionName: value('function_name'), Name: value('name') }),
  },
  aws_sqs_queue: {
    type: 'AWS::SQS::Queue',
    properties: (value, resource) => ({ QueueName: nameOf(value, resource), FifoQueue: value('fifo_queue') }),
  },
  aws_sns_topic: named('AWS::SNS::Topic', 'TopicName'),
  aws_cloudwatch_log_group: named('AWS::Logs::LogGroup', 'LogGroupName'),
  aws_sfn_state_machine: named('AWS::StepFunctions::StateMachine', 'StateMachineName'),
  aws_kinesis_stream: named('AWS::Kinesis::Stream', 'Name'),
  aws_kinesis_firehose_delivery_stream: named('AWS::KinesisFirehose::DeliveryStream', 'DeliveryStreamName'),
  aws_ecs_cluster: named('AWS::ECS::Cluster', 'ClusterName'),
  aws_ecs_task_definition: named('AWS::ECS::TaskDefinition', 'Family', 'family'),
  aws_batch_job_queue: named('AWS::Batch::JobQueue', 'JobQueueName'),
  aws_batch_job_definition: named('AWS::Batch::JobDefinition', 'JobDefinitionName'),
  aws_codebuild_project: named('AWS::CodeBuild::Project', 'Name'),
  aws_codepipeline: named('AWS::CodePipeline::Pipeline', 'Name'),
  aws_dynamodb_table: named('AWS::DynamoDB::Table', 'TableName'),
  aws_s3_bucket: named('AWS::S3::Bucket', 'BucketName', 'bucket'),
  aws_iam_role: named('AWS::IAM::Role', 'RoleName'),
  aws_scheduler_schedule: named('AWS::Scheduler::Schedule', 'Name'),
  aws_pipes_pipe: named('AWS::Pipes::Pipe', 'Name'),
};

/** The type that CloudFormation has for it; Terraform's own where there is none here. */
export function terraformType(type: string): string {
  return Object.hasOwn(types, type) ? (types[type] as TerraformType).type : type;
}

export function terraformProperties(resource: TerraformResource, values: TerraformValues): MapNode {
  const known = Object.hasOwn(types, resource.type) ? types[resource.type] : undefined;
  return map(resource.location, known?.properties((...path) => values.value(resource, ...path), resource) ?? {});
}

function named(type: string, property: string, attribute?: string): TerraformType {
  return {
    type,
    properties: (value, resource) => ({
      [property]: attribute === undefined ? nameOf(value, resource) : value(attribute),
    }),
  };
}

/** Terraform puts digits behind a prefix once it is applied; here it is what the resource is called. */
function nameOf(value: Value, { address, type }: TerraformResource): TemplateNode | undefined {
  const prefix = value('name_prefix');
  const name = value('name');
  if (name !== undefined || prefix?.kind !== 'scalar') return name ?? prefix;
  const called = address.replace(`${type}.`, '').replace(/\W+/g, '-').replace(/-$/, '');
  return scalar(prefix.location, `${prefix.value}${called}`);
}

function stateOf(isEnabled: TemplateNode | undefined): TemplateNode | undefined {
  if (isEnabled?.kind !== 'scalar') return isEnabled;
  return scalar(isEnabled.location, isEnabled.value === false ? 'DISABLED' : 'ENABLED');
}

function targetOf(value: Value, { address, name, location }: TerraformResource): Properties {
  return {
    // Terraform makes up an Id that is not given.
    Id:
      value('target_id') ??
      scalar(location, `terraform-${/\["?([^"\]]*)"?\]$/.exec(address)?.[1] ?? name}`.replace(/[^.\-\w]/g, '-')),
    Arn: value('arn'),
    RoleArn: value('role_arn'),
    Input: value('input'),
    InputPath: value('input_path'),
    InputTransformer: optional(location, {
      InputPathsMap: value('input_transformer', 0, 'input_paths'),
      InputTemplate: value('input_transformer', 0, 'input_template'),
    }),
    RetryPolicy: optional(location, {
      MaximumRetryAttempts: value('retry_policy', 0, 'maximum_retry_attempts'),
      MaximumEventAgeInSeconds: value('retry_policy', 0, 'maximum_event_age_in_seconds'),
    }),
    DeadLetterConfig: optional(location, { Arn: value('dead_letter_config', 0, 'arn') }),
    ...terraformParameters(value, location),
  };
}

function connectionOf(value: Value, { location }: TerraformResource): Properties {
  const at = (...path: readonly (string | number)[]) => value('auth_parameters', 0, ...path);
  const parameters = (...path: readonly (string | number)[]) => {
    const listed = (kind: string) => {
      const items = at(...path, kind);
      return items?.kind === 'list' && items.items.length > 0
        ? list(location, items.items.map(parameterOf))
        : undefined;
    };
    return optional(location, {
      BodyParameters: listed('body'),
      HeaderParameters: listed('header'),
      QueryStringParameters: listed('query_string'),
    });
  };
  const oauth = (...path: readonly (string | number)[]) => at('oauth', 0, ...path);
  return {
    Name: value('name'),
    Description: value('description'),
    AuthorizationType: value('authorization_type'),
    AuthParameters: map(location, {
      ApiKeyAuthParameters: optional(location, {
        ApiKeyName: at('api_key', 0, 'key'),
        ApiKeyValue: at('api_key', 0, 'value'),
      }),
      BasicAuthParameters: optional(location, {
        Username: at('basic', 0, 'username'),
        Password: at('basic', 0, 'password'),
      }),
      OAuthParameters: optional(location, {
        AuthorizationEndpoint: oauth('authorization_endpoint'),
        HttpMethod: oauth('http_method'),
        ClientParameters: optional(location, {
          ClientID: oauth('client_parameters', 0, 'client_id'),
          ClientSecret: oauth('client_parameters', 0, 'client_secret'),
        }),
        OAuthHttpParameters: parameters('oauth', 0, 'oauth_http_parameters', 0),
      }),
      InvocationHttpParameters: parameters('invocation_http_parameters', 0),
    }),
  };
}

function parameterOf(node: TemplateNode): TemplateNode {
  return map(node.location, {
    Key: getMember(node, 'key'),
    Value: getMember(node, 'value'),
    IsValueSecret: getMember(node, 'is_value_secret'),
  });
}

/** An object of what is there, or nothing if nothing is. */
export function optional(location: MapNode['location'], members: Properties): MapNode | undefined {
  const node = map(location, members);
  return node.members.size === 0 ? undefined : node;
}
