/** How a resource of a type is called, once it is deployed. */
export interface ResourceType {
  /** The property that names it. */
  readonly name: string;
  /** What Ref returns. */
  readonly ref: 'name' | 'arn';
  /** The service and the resource of its ARN, with `*` for the name. */
  readonly arn: readonly [service: string, resource: string];
  /** Other attributes that are ARNs, with the resource of each. */
  readonly arns?: Readonly<Record<string, string>>;
  /** The longest name. */
  readonly maxLength?: number;
  /** Attributes that are the name. */
  readonly nameAttributes?: readonly string[];
}

/** The types whose names and ARNs are known, from the resource type reference of CloudFormation. */
const resourceTypes: Readonly<Record<string, ResourceType>> = {
  'AWS::Lambda::Function': type('FunctionName', 'name', 'lambda', 'function:*', 64),
  'AWS::SQS::Queue': type('QueueName', 'name', 'sqs', '*', 80, ['QueueName']),
  'AWS::SNS::Topic': type('TopicName', 'arn', 'sns', '*', 256, ['TopicName']),
  'AWS::Events::EventBus': type('Name', 'name', 'events', 'event-bus/*', 256, ['Name']),
  'AWS::Events::Archive': type('ArchiveName', 'name', 'events', 'archive/*', 48),
  'AWS::Events::Connection': type('Name', 'name', 'events', 'connection/*', 64),
  'AWS::Events::ApiDestination': type('Name', 'name', 'events', 'api-destination/*', 64),
  'AWS::Logs::LogGroup': type('LogGroupName', 'name', 'logs', 'log-group:*:*', 512),
  'AWS::StepFunctions::StateMachine': type('StateMachineName', 'arn', 'states', 'stateMachine:*', 80, ['Name']),
  'AWS::AppSync::GraphQLApi': {
    ...type('Name', 'arn', 'appsync', 'apis/*', 256),
    arns: { GraphQLEndpointArn: 'endpoints/graphql-api/*' },
  },
  'AWS::SSMIncidents::ResponsePlan': type('Name', 'arn', 'ssm-incidents', 'response-plan/*', 200),
  'AWS::Redshift::Cluster': type('ClusterIdentifier', 'name', 'redshift', 'cluster:*', 63),
  'AWS::RedshiftServerless::Workgroup': {
    ...type('WorkgroupName', 'name', 'redshift-serverless', 'workgroup/*', 64),
    arns: { 'Workgroup.WorkgroupArn': 'workgroup/*' },
  },
  'AWS::SageMaker::Pipeline': type('PipelineName', 'name', 'sagemaker', 'pipeline/*', 256),
  'AWS::Kinesis::Stream': type('Name', 'name', 'kinesis', 'stream/*', 128),
  'AWS::KinesisFirehose::DeliveryStream': type('DeliveryStreamName', 'name', 'firehose', 'deliverystream/*', 64),
  'AWS::ECS::Cluster': type('ClusterName', 'name', 'ecs', 'cluster/*', 255),
  'AWS::ECS::TaskDefinition': type('Family', 'arn', 'ecs', 'task-definition/*:1', 255),
  'AWS::Batch::JobQueue': type('JobQueueName', 'arn', 'batch', 'job-queue/*', 128),
  'AWS::Batch::JobDefinition': type('JobDefinitionName', 'arn', 'batch', 'job-definition/*:1', 128),
  'AWS::CodeBuild::Project': type('Name', 'name', 'codebuild', 'project/*', 255),
  'AWS::CodePipeline::Pipeline': type('Name', 'name', 'codepipeline', '*', 100),
  'AWS::DynamoDB::Table': type('TableName', 'name', 'dynamodb', 'table/*', 255),
  'AWS::S3::Bucket': type('BucketName', 'name', 's3', '*', 63),
  'AWS::IAM::Role': type('RoleName', 'name', 'iam', 'role/*', 64),
  'AWS::SecretsManager::Secret': type('Name', 'arn', 'secretsmanager', 'secret:*', 512),
  'AWS::SSM::Parameter': type('Name', 'name', 'ssm', 'parameter/*', 1000),
  'AWS::KMS::Key': type('', 'name', 'kms', 'key/*', 64, ['KeyId']),
  'AWS::Scheduler::Schedule': type('Name', 'name', 'scheduler', 'schedule/default/*', 64),
  'AWS::Pipes::Pipe': type('Name', 'name', 'pipes', 'pipe/*', 64),
};

export function resourceType(name: string): ResourceType | undefined {
  return Object.hasOwn(resourceTypes, name) ? resourceTypes[name] : undefined;
}

/** Services whose ARNs have no region, or neither region nor account. */
export const globalServices: Readonly<Record<string, 'no-region' | 'bare'>> = {
  iam: 'no-region',
  'ssm-incidents': 'no-region',
  s3: 'bare',
};

function type(
  name: string,
  ref: ResourceType['ref'],
  service: string,
  resource: string,
  maxLength: number,
  nameAttributes: readonly string[] = [],
): ResourceType {
  return { name, ref, arn: [service, resource], maxLength, nameAttributes };
}
