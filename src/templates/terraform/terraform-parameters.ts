import { isNull, list, type MapNode, type Member, map, type TemplateNode } from '../document/template-node.js';
import type { SourceLocation } from '../document/template-problem.js';

/** The blocks of a target with the parameters of the service behind it. */
const blocks: Readonly<Record<string, string>> = {
  sqs_target: 'SqsParameters',
  kinesis_target: 'KinesisParameters',
  ecs_target: 'EcsParameters',
  batch_target: 'BatchParameters',
  http_target: 'HttpParameters',
  redshift_target: 'RedshiftDataParameters',
  sagemaker_pipeline_target: 'SageMakerPipelineParameters',
  appsync_target: 'AppSyncParameters',
};

/** Members whose names are not those of the API in another spelling. */
const names: Readonly<Record<string, string>> = {
  enable_ecs_managed_tags: 'EnableECSManagedTags',
  graphql_operation: 'GraphQLOperation',
  db_user: 'DbUser',
  secrets_manager_arn: 'SecretManagerArn',
};

/** Members that are maps of the user's own keys. */
const maps = new Set(['header_parameters', 'query_string_parameters', 'tags']);

/** Blocks of which there is at most one, and the name within. */
const singles = new Set(['network_configuration']);

type Value = (...path: readonly (string | number)[]) => TemplateNode | undefined;

export function terraformParameters(
  value: Value,
  location: SourceLocation,
): Readonly<Record<string, TemplateNode | undefined>> {
  const parameters: Record<string, TemplateNode | undefined> & { RunCommandParameters?: TemplateNode } = {};
  for (const [block, name] of Object.entries(blocks)) {
    const node = value(block, 0);
    if (node?.kind === 'map') parameters[name] = name === 'BatchParameters' ? batchOf(node) : convertMembers(node);
  }
  const commands = value('run_command_targets');
  if (commands?.kind === 'list' && commands.items.length > 0) {
    const targets = commands.items.flatMap((item) => (item.kind === 'map' ? [convertMembers(item)] : []));
    parameters.RunCommandParameters = map(location, { RunCommandTargets: list(location, targets) });
  }
  return parameters;
}

function batchOf(node: MapNode): MapNode {
  const { location } = node;
  const at = (name: string) => {
    const found = node.members.get(name)?.value;
    return found === undefined || isNull(found) ? undefined : found;
  };
  const size = at('array_size');
  const attempts = at('job_attempts');
  return map(location, {
    JobDefinition: at('job_definition'),
    JobName: at('job_name'),
    ArrayProperties: size && map(location, { Size: size }),
    RetryStrategy: attempts && map(location, { Attempts: attempts }),
  });
}

/** `message_group_id` is `MessageGroupId`; what is null, or an empty list, is not given. */
function convertMembers(node: MapNode): MapNode {
  const members = Array.from(node.members).flatMap(([name, { location, value }]): [string, Member][] => {
    if (isNull(value) || (value.kind === 'list' && value.items.length === 0)) return [];
    if (value.kind === 'map' && value.members.size === 0) return [];
    const named = Object.hasOwn(names, name) ? (names[name] as string) : pascal(name);
    return [[named, { location, value: convert(name, value) }]];
  });
  return { ...node, members: new Map(members) };
}

function convert(name: string, value: TemplateNode): TemplateNode {
  if (maps.has(name)) return value;
  if (value.kind === 'map') return convertMembers(value);
  if (value.kind !== 'list') return value;
  const items = value.items.map((item) => (item.kind === 'map' ? convertMembers(item) : item));
  if (!singles.has(name)) return list(value.location, items);
  const [only] = items;
  return map(value.location, { awsvpcConfiguration: only && network(only) });
}

/** Terraform has booleans where the API has words. */
function network(node: TemplateNode): TemplateNode {
  if (node.kind !== 'map') return node;
  const members = Array.from(node.members, ([name, found]): [string, Member] => {
    if (name !== 'AssignPublicIp' || found.value.kind !== 'scalar') return [name, found];
    const word = found.value.value === true ? 'ENABLED' : 'DISABLED';
    return [name, { ...found, value: { ...found.value, value: word } }];
  });
  return { ...node, members: new Map(members) };
}

function pascal(name: string): string {
  return name.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
