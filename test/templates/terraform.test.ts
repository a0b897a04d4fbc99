import { describe, expect, test } from 'vitest';
import { RoleArn } from '../role.js';
import { loaded, refusal, stackFile } from './loaded.js';

const resource = (type: string, name: string, values: object) => ({
  address: `${type}.${name}`,
  mode: 'managed',
  type,
  name,
  values,
});

/** What `terraform show -json` prints once it is applied: every ARN is known, and of the account it was applied in. */
const state = (...resources: object[]) => ({
  format_version: '1.0',
  terraform_version: '1.11.4',
  values: { root_module: { resources } },
});

const plan = (resources: object[], configured: object[]) => ({
  format_version: '1.2',
  planned_values: { root_module: { resources } },
  configuration: { root_module: { resources: configured } },
});

const there = 'eu-west-1:111122223333';
const rule = resource('aws_cloudwatch_event_rule', 'big', {
  arn: `arn:aws:events:${there}:rule/orders/big`,
  name: 'big',
  event_bus_name: 'orders',
  event_pattern: '{"source":["com.shop"]}',
  is_enabled: true,
});
const bus = resource('aws_cloudwatch_event_bus', 'orders', {
  arn: `arn:aws:events:${there}:event-bus/orders`,
  name: 'orders',
});
const bill = resource('aws_lambda_function', 'bill', {
  arn: `arn:aws:lambda:${there}:function:bill`,
  function_name: 'bill',
  environment: [{ variables: { BUS_ARN: `arn:aws:events:${there}:event-bus/orders` } }],
});
const target = (values: object, name = 'bill') =>
  resource('aws_cloudwatch_event_target', name, { rule: 'big', event_bus_name: 'orders', target_id: name, ...values });

describe('Terraform', () => {
  test('of a state is loaded into the account of the bridge', async () => {
    const { bridge, stack } = await loaded(
      state(bus, rule, bill, target({ arn: `arn:aws:lambda:${there}:function:bill` })),
    );
    const seen: unknown[] = [];
    stack.handle('bill', (event) => seen.push(event.source));
    await stack.bus('orders').publish({ source: 'com.shop', detailType: 'Order', detail: {} });
    await bridge.idle();
    expect(seen).toEqual(['com.shop']);
    expect(stack.environment('aws_lambda_function.bill')).toEqual({
      BUS_ARN: 'arn:aws:events:us-east-1:123456789012:event-bus/orders',
    });
  });

  test.each<[string, object, object]>([
    [
      'arn:aws:sqs:us-east-1:123456789012:q.fifo',
      { sqs_target: [{ message_group_id: 'g' }] },
      { SqsParameters: { MessageGroupId: 'g' } },
    ],
    [
      'arn:aws:kinesis:us-east-1:123456789012:stream/s',
      { kinesis_target: [{ partition_key_path: '$.detail.id' }] },
      { KinesisParameters: { PartitionKeyPath: '$.detail.id' } },
    ],
    [
      'arn:aws:batch:us-east-1:123456789012:job-queue/q',
      { batch_target: [{ job_definition: 'd', job_name: 'n', array_size: 2, job_attempts: 3 }] },
      {
        BatchParameters: {
          JobDefinition: 'd',
          JobName: 'n',
          ArrayProperties: { Size: 2 },
          RetryStrategy: { Attempts: 3 },
        },
      },
    ],
    [
      'arn:aws:execute-api:us-east-1:123456789012:api/prod/POST/orders',
      {
        http_target: [{ header_parameters: { 'x-a': 'b' }, path_parameter_values: ['p'], query_string_parameters: {} }],
      },
      { HttpParameters: { HeaderParameters: { 'x-a': 'b' }, PathParameterValues: ['p'] } },
    ],
    [
      'arn:aws:ecs:us-east-1:123456789012:cluster/c',
      {
        ecs_target: [
          {
            task_definition_arn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/t:1',
            launch_type: 'FARGATE',
            task_count: 1,
            enable_ecs_managed_tags: false,
            capacity_provider_strategy: [],
            network_configuration: [{ subnets: ['s'], security_groups: [], assign_public_ip: true }],
          },
        ],
      },
      {
        EcsParameters: {
          TaskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/t:1',
          LaunchType: 'FARGATE',
          TaskCount: 1,
          EnableECSManagedTags: false,
          EnableExecuteCommand: false,
          NetworkConfiguration: { awsvpcConfiguration: { Subnets: ['s'], AssignPublicIp: 'ENABLED' } },
        },
      },
    ],
    [
      'arn:aws:ssm:us-east-1:123456789012:document/d',
      { run_command_targets: [{ key: 'tag:x', values: ['y'] }] },
      { RunCommandParameters: { RunCommandTargets: [{ Key: 'tag:x', Values: ['y'] }] } },
    ],
  ])('gives a target what the service behind it is told: %s', async (Arn, values, parameters) => {
    const { bridge } = await loaded(state(bus, rule, target({ arn: Arn, role_arn: RoleArn, ...values })));
    expect((await bridge.listTargetsByRule({ Rule: 'big', EventBusName: 'orders' })).Targets).toEqual([
      { Id: 'bill', Arn, RoleArn, ...parameters },
    ]);
  });

  test('reads policies, connections by OAuth, and what is disabled', async () => {
    const statement = { Sid: 's', Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: '*' };
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    const { bridge } = await loaded(
      state(
        bus,
        resource('aws_cloudwatch_event_rule', 'off', {
          name: 'off',
          event_pattern: '{"source":["a"]}',
          is_enabled: false,
        }),
        resource('aws_cloudwatch_event_bus_policy', 'all', {
          event_bus_name: 'orders',
          policy,
        }),
        resource('aws_cloudwatch_event_connection', 'oauth', {
          name: 'oauth',
          authorization_type: 'OAUTH_CLIENT_CREDENTIALS',
          auth_parameters: [
            {
              api_key: [],
              basic: [],
              oauth: [
                {
                  authorization_endpoint: 'https://example.com/token',
                  http_method: 'POST',
                  client_parameters: [{ client_id: 'id', client_secret: 'secret' }],
                  oauth_http_parameters: [
                    { body: [{ key: 'k', value: 'v', is_value_secret: false }], header: [], query_string: [] },
                  ],
                },
              ],
              invocation_http_parameters: [],
            },
          ],
        }),
      ),
    );
    expect((await bridge.listRules()).Rules).toMatchObject([{ Name: 'off', State: 'DISABLED' }]);
    expect((await bridge.describeEventBus({ Name: 'orders' })).Policy).toBe(policy);
    expect((await bridge.describeConnection({ Name: 'oauth' })).AuthParameters).toMatchObject({
      OAuthParameters: {
        AuthorizationEndpoint: 'https://example.com/token',
        OAuthHttpParameters: { BodyParameters: [{ Key: 'k', Value: 'v' }] },
      },
    });
  });

  test('of a plan follows references through variables of modules and with indexes', async () => {
    const { stack } = await loaded(stackFile('shop/terraform.json'));
    expect(
      stack.rules.map(({ logicalId, targets }) => [logicalId, targets.map((found) => found.logicalId)]),
    ).toContainEqual(['module.slack.aws_cloudwatch_event_rule.everything', ['module.slack.aws_lambda_function.slack']]);
    const indexed = {
      ...bill,
      address: 'aws_lambda_function.bill["eu"]',
      index: 'eu',
      values: { function_name: 'bill-eu' },
    };
    const found = await loaded(
      plan(
        [bus, rule, indexed, target({})],
        [
          {
            address: 'aws_cloudwatch_event_target.bill',
            expressions: {
              arn: {
                references: [
                  'aws_lambda_function.bill["eu"].arn',
                  'aws_lambda_function.bill["eu"]',
                  'aws_lambda_function.bill',
                ],
              },
            },
          },
        ],
      ),
    );
    expect(found.stack.rules[0]?.targets).toMatchObject([{ logicalId: 'aws_lambda_function.bill["eu"]' }]);
  });

  test('of a plan is refused where what a rule needs is not known', async () => {
    const expressions = {
      arn: { references: ['local.prefix', 'aws_lambda_function.bill.arn', 'aws_lambda_function.bill'] },
    };
    const message = await refusal(
      plan([bus, rule, bill, target({})], [{ address: 'aws_cloudwatch_event_target.bill', expressions }]),
    );
    expect(message).toBe(
      'aws_cloudwatch_event_target.bill: this is made of local.prefix, aws_lambda_function.bill.arn, and is known only once it is applied',
    );
  });

  test('lists what is not an EventBridge resource, and targets whose rule is elsewhere', async () => {
    const { stack } = await loaded(
      state(
        bus,
        resource('aws_db_instance', 'db', {}),
        target({ rule: 'elsewhere', arn: 'arn:aws:sqs:us-east-1:123456789012:q' }),
      ),
    );
    expect(stack.skipped.map(({ logicalId, reason }) => `${logicalId}: ${reason}`)).toEqual([
      'aws_cloudwatch_event_target.bill: its rule is not among the resources',
      'aws_db_instance.db: aws_db_instance is not an EventBridge resource',
    ]);
  });

  test.each([
    ['for_each', 'each.key', ['["eu"]', '["us"]']],
    ['count', 'count.index', ['[0]', '[1]']],
  ])('of a plan takes the instances of one key for each other: %s', async (_, key, [first = '', second = '']) => {
    const instance = (at: string, type: string, name: string, values: object) => {
      const made = resource(type, name, values);
      return { ...made, address: made.address + at };
    };
    const instances = (at: string) => [
      instance(at, 'aws_cloudwatch_event_rule', 'big', {
        name_prefix: 'big-',
        event_pattern: '{"source":["a"]}',
      }),
      instance(at, 'aws_lambda_function', 'bill', { function_name: `bill-${at.replace(/\W/g, '')}` }),
      instance(at, 'aws_sqs_queue', 'letters', { name_prefix: 'q-' }),
      instance(at, 'aws_cloudwatch_event_target', 'bill', { dead_letter_config: [{}] }),
    ];
    const { stack, bridge } = await loaded(
      plan(
        [...instances(first), ...instances(second)],
        [
          {
            address: 'aws_cloudwatch_event_target.bill',
            expressions: {
              rule: { references: ['aws_cloudwatch_event_rule.big', key] },
              arn: { references: ['aws_lambda_function.bill', key] },
              dead_letter_config: [{ arn: { references: ['aws_sqs_queue.letters', key] } }],
            },
          },
        ],
      ),
    );
    const of = (at: string) => {
      const letters = at.replace(/\W/g, '');
      return {
        name: `big-big-${letters}`,
        targets: [{ arn: `arn:aws:lambda:us-east-1:123456789012:function:bill-${letters}` }],
      };
    };
    expect(stack.rules).toMatchObject([of(first), of(second)]);
    expect(stack.skipped).toEqual([]);
    const { Targets } = await bridge.listTargetsByRule({ Rule: stack.rules[1]?.name ?? '' });
    expect(Targets[0]?.DeadLetterConfig).toEqual({
      Arn: `arn:aws:sqs:us-east-1:123456789012:q-letters-${second.replace(/\W/g, '')}`,
    });
  });

  test.each([
    [{ format_version: '1.0', values: 5 }, 'values: values must be an object, but is a number'],
    [
      { planned_values: { root_module: [] } },
      'planned_values.root_module: root_module must be an object, but is a list',
    ],
  ])('is refused where its values are none', async (template, message) => {
    expect(await refusal(template)).toBe(message);
  });
});
