import { describe, expect, test } from 'vitest';
import { loaded, refusal, written } from './loaded.js';

const sam = (resources: string, more = '') =>
  written(`Transform: AWS::Serverless-2016-10-31\n${more}Resources:\n${resources}`);

const pattern = '{ source: [com.shop] }';
const on = (properties: string, type = 'EventBridgeRule') => `
  Bill:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Order: { Type: ${type}, Properties: ${properties} }
`;

const conditions = `Parameters: { State: { Type: String, Default: DISABLED } }
Conditions: { Never: !Equals [a, b] }
`;

describe('SAM', () => {
  test('gives a rule the names of its function and event, and of the stack', async () => {
    const { stack } = await loaded(sam(on(`{ Pattern: ${pattern} }`)), { stackName: 'shop' });
    expect(stack.rules).toMatchObject([
      {
        logicalId: 'BillOrder',
        names: ['Order'],
        name: 'shop-BillOrder',
        bus: 'default',
        location: { file: 'template.yaml', line: 8, column: 9 },
        targets: [
          {
            id: 'BillOrderLambdaTarget',
            arn: 'arn:aws:lambda:us-east-1:123456789012:function:shop-Bill',
            logicalId: 'Bill',
          },
        ],
      },
    ]);
  });

  test('takes the Id of the target and the name of the rule from the event', async () => {
    const event = `{ Pattern: ${pattern}, RuleName: !Sub '\${AWS::StackName}-x', Target: { Id: mine }, RetryPolicy: { MaximumRetryAttempts: 1 } }`;
    const { bridge, stack } = await loaded(sam(on(event)));
    expect(stack.rules).toMatchObject([{ name: 'stack-x', targets: [{ id: 'mine' }] }]);
    expect((await bridge.listTargetsByRule({ Rule: 'stack-x' })).Targets).toMatchObject([
      { Id: 'mine', RetryPolicy: { MaximumRetryAttempts: 1 } },
    ]);
  });

  test.each([
    ['Schedule', '{ Schedule: rate(1 day), Target: { Id: x } }', /: an event of type Schedule has no property Target;/],
    [
      'EventBridgeRul',
      `{ Pattern: ${pattern} }`,
      /: SAM has no event of type EventBridgeRul; it has EventBridgeRule, /,
    ],
  ])('refuses what SAM refuses of events of type %s', async (type, properties, sentence) => {
    expect(await refusal(sam(on(properties, type)))).toMatch(sentence);
  });

  // What the translator (aws-sam-translator 1.110) makes of the same template.

  test('makes what SAM makes beside a rule, so that others may depend on it', async () => {
    const flow = `  Flow:
    Type: AWS::Serverless::StateMachine
    Properties: { Events: { Daily: { Type: Schedule, Properties: { Schedule: rate(1 day), Target: { Id: mine } } } } }
`;
    const ids = [
      'BillOrder',
      'BillOrderPermission',
      'BillOrderQueue',
      'BillOrderQueuePolicy',
      'BillRole',
      'FlowDailyRole',
    ];
    const text = `${on(`{ Pattern: ${pattern}, DeadLetterConfig: { Type: SQS } }`)}${flow}  Q: { Type: AWS::SQS::Queue, DependsOn: [${ids.join(', ')}] }\n`;
    const { stack } = await loaded(sam(text));
    expect(stack.skipped).toEqual([]);
    expect(stack.rules.map(({ targets }) => targets[0]?.id)).toEqual(['BillOrderLambdaTarget', 'mine']);
  });

  test('cuts the Id of a target to 64 characters', async () => {
    const name = 'Order'.repeat(12);
    const { stack } = await loaded(sam(on(`{ Pattern: ${pattern} }`).replace('Order:', `${name}:`)));
    expect(stack.rules[0]?.targets[0]?.id).toBe(`${`Bill${name}`.slice(0, 52)}LambdaTarget`);
  });

  test('makes a dead-letter queue that is asked for by its type', async () => {
    const { bridge, stack } = await loaded(
      sam(on(`{ Pattern: ${pattern}, DeadLetterConfig: { Type: SQS, QueueLogicalId: Lost } }`)),
    );
    await bridge.publish({ source: 'com.shop', detailType: 'Order', detail: {} });
    await bridge.idle();
    expect(stack.queue('Lost').messages).toHaveLength(1);
  });

  test('calls that queue after the rule if it is given no name', async () => {
    const { stack } = await loaded(sam(on(`{ Pattern: ${pattern}, DeadLetterConfig: { Type: SQS } }`)));
    expect(stack.queue('BillOrderQueue').arn).toBe('arn:aws:sqs:us-east-1:123456789012:stack-BillOrderQueue');
  });

  test.each([
    ['Enabled: false', 'DISABLED'],
    ['Enabled: true', 'ENABLED'],
    ['State: DISABLED', 'DISABLED'],
    ['State: !If [Never, ENABLED, DISABLED]', 'DISABLED'],
    ['State: !Ref State', 'DISABLED'],
  ])('reads the state of an event: %s', async (state, expected) => {
    const { stack } = await loaded(sam(on(`{ Pattern: ${pattern}, ${state} }`), conditions));
    expect(stack.rules[0]?.state).toBe(expected);
    expect(stack.skipped).toEqual([]);
  });

  test.each([
    ['!If [Never, true, false]', 1],
    ['!Ref State', 1],
    ['!If [Never, false, true]', 0],
  ])('takes a function at Enabled for true, as SAM does, and says so: %s', async (enabled, count) => {
    const { stack } = await loaded(sam(on(`{ Pattern: ${pattern}, Enabled: ${enabled} }`), conditions));
    expect(stack.rules[0]?.state).toBe('ENABLED');
    const reason =
      'SAM takes a function at Enabled for true, whatever it comes to: the rule is enabled; State takes functions';
    const told = { logicalId: 'BillOrder', names: ['Order'], type: 'Enabled', location: { line: 10 }, reason };
    expect(stack.skipped).toMatchObject(Array(count).fill(told));
  });

  test.each([
    [`{ Pattern: ${pattern}, State: ENABLED, Enabled: true }`, 'an event has either State or Enabled, not both'],
    [
      `{ Patern: ${pattern} }`,
      'an event of type EventBridgeRule has no property Patern; it has EventBusName, RuleName, Pattern, InputPath, InputTransformer, Target, Input, DeadLetterConfig, RetryPolicy, State, Enabled',
    ],
    [`{ Pattern: ${pattern}, DeadLetterConfig: {} }`, 'DeadLetterConfig must have either Arn or Type'],
    [`{ Pattern: ${pattern}, DeadLetterConfig: { Type: SNS } }`, 'Type of DeadLetterConfig must be SQS, but is SNS'],
    [
      `{ Pattern: ${pattern}, DeadLetterConfig: { Type: SQS, QueueLogicalId: [Q] } }`,
      'QueueLogicalId of DeadLetterConfig must be text',
    ],
    [`{ Pattern: '{}' }`, 'Pattern must be an object, but is a string'],
    [`{ Pattern: ${pattern}, Target: mine }`, 'Target must be an object, but is a string'],
    [`{ Pattern: ${pattern}, Enabled: "false" }`, 'Enabled must be true or false, but is a string'],
    ['text', 'an event of type EventBridgeRule must have Properties, an object'],
  ])('refuses an event that is wrong: %s', async (properties, reason) => {
    expect(await refusal(sam(on(properties)))).toMatch(new RegExp(`^template.yaml:8:\\d+: .*: ${reason}$`));
  });

  test('starts state machines by their ARN', async () => {
    const { bridge, stack } = await loaded(
      sam(`
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      Name: flow
      Events:
        Order: { Type: EventBridgeRule, Properties: { Pattern: ${pattern} } }
        Daily: { Type: Schedule, Properties: { Schedule: rate(1 day) } }
`),
    );
    expect(stack.rules[0]?.targets).toMatchObject([
      { id: 'FlowOrderStepFunctionsTarget', arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:flow' },
    ]);
    const seen: unknown[] = [];
    stack.handle('Flow', (event) => seen.push(event['detail-type']));
    await bridge.publish({ source: 'com.shop', detailType: 'Order', detail: {} });
    await bridge.idle();
    expect(seen).toEqual(['Order']);
  });

  test('merges Globals into functions: variables one by one, anything else as a whole', async () => {
    const { stack } = await loaded(
      sam(
        `
  One: { Type: AWS::Serverless::Function, Properties: { Environment: { Variables: { B: own, C: c } } } }
  Two: { Type: AWS::Serverless::Function }
`,
        'Globals: { Function: { Environment: { Variables: { A: a, B: b } } } }\n',
      ),
    );
    expect(stack.environment('One')).toEqual({ A: 'a', B: 'own', C: 'c' });
    expect(stack.environment('Two')).toEqual({ A: 'a', B: 'b' });
  });

  test.each([
    ['"*"', {}],
    ['[Environment]', {}],
    ['[Runtime]', { A: 'a' }],
  ])('leaves out of Globals what a function ignores: %s', async (ignored, expected) => {
    const globals = 'Globals: { Function: { Runtime: nodejs22.x, Environment: { Variables: { A: a } } } }\n';
    const { stack } = await loaded(
      sam(`  One: { Type: AWS::Serverless::Function, IgnoreGlobals: ${ignored} }\n`, globals),
    );
    expect(stack.environment('One')).toEqual(expected);
  });

  test('keeps the rules of a function out whose condition does not hold', async () => {
    const { stack } = await loaded(
      sam(
        on(`{ Pattern: ${pattern} }`).replace('    Properties:', '    Condition: Never\n    Properties:'),
        'Conditions: { Never: !Equals [a, b] }\n',
      ),
    );
    expect(stack.rules).toEqual([]);
    expect(stack.skipped).toMatchObject([
      { logicalId: 'Bill', reason: 'its condition Never does not hold' },
      { logicalId: 'BillOrder', names: ['Order'], reason: 'its condition Never does not hold' },
    ]);
  });

  test('lists events that are no rules', async () => {
    const { stack } = await loaded(sam(on('{ ScheduleExpression: rate(1 day) }', 'ScheduleV2')));
    expect(stack.skipped).toMatchObject([
      {
        logicalId: 'BillOrder',
        names: ['Order'],
        type: 'ScheduleV2',
        location: { line: 8, path: 'Resources.Bill.Properties.Events.Order' },
        reason: 'ScheduleV2 is a schedule of EventBridge Scheduler, which is another service than EventBridge',
      },
    ]);
  });
});
