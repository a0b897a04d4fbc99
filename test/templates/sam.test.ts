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

describe('SAM', () => {
  test('gives a rule the names of its function and event, and of the stack', async () => {
    const { stack } = await loaded(sam(on(`{ Pattern: ${pattern} }`)), { stackName: 'shop' });
    expect(stack.rules).toMatchObject([
      {
        logicalId: 'BillOrder',
        names: ['Order'],
        name: 'shop-BillOrder',
        bus: 'default',
        place: { file: 'template.yaml', line: 8, column: 9 },
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
  ])('reads the state of an event: %s', async (state, expected) => {
    const { stack } = await loaded(sam(on(`{ Pattern: ${pattern}, ${state} }`)));
    expect(stack.rules[0]?.state).toBe(expected);
  });

  test.each([
    [`{ Pattern: ${pattern}, State: ENABLED, Enabled: true }`, 'an event has either State or Enabled, not both'],
    [
      `{ Patern: ${pattern} }`,
      'an event of type EventBridgeRule has no property Patern; it has EventBusName, RuleName, Pattern, InputPath, InputTransformer, Target, Input, DeadLetterConfig, RetryPolicy, State, Enabled',
    ],
    [`{ Pattern: ${pattern}, DeadLetterConfig: {} }`, 'DeadLetterConfig must have either Arn or Type'],
    [`{ Pattern: ${pattern}, DeadLetterConfig: { Type: SNS } }`, 'Type of DeadLetterConfig must be SQS, but is SNS'],
    ['text', 'an event of type EventBridgeRule must have Properties, an object'],
  ])('refuses an event that is wrong: %s', async (properties, reason) => {
    expect(await refusal(sam(on(properties)))).toMatch(new RegExp(`^template.yaml:8:\\d+: .*: ${reason}$`));
  });

  test('invokes the alias that a function publishes, which its handler handles too', async () => {
    const { bridge, stack } = await loaded(
      sam(`
  Bill:
    Type: AWS::Serverless::Function
    Properties:
      AutoPublishAlias: live
      Events: { Order: { Type: CloudWatchEvent, Properties: { Pattern: ${pattern} } } }
  Caller:
    Type: AWS::Serverless::Function
    Properties:
      Environment: { Variables: { BILL: !Ref Bill.Alias, VERSION: !Ref Bill.Version, ROLE: !GetAtt BillRole.Arn } }
`),
    );
    const live = 'arn:aws:lambda:us-east-1:123456789012:function:stack-Bill:live';
    expect(stack.rules[0]?.targets).toMatchObject([{ arn: live, logicalId: 'BillAliaslive' }]);
    expect(stack.environment('Caller')).toEqual({
      BILL: live,
      VERSION: 'arn:aws:lambda:us-east-1:123456789012:function:stack-Bill:1',
      ROLE: 'arn:aws:iam::123456789012:role/stack-BillRole',
    });
    const seen: unknown[] = [];
    stack.handle('Bill', (event) => seen.push(event.source));
    await bridge.publish({ source: 'com.shop', detailType: 'Order', detail: {} });
    await bridge.idle();
    expect(seen).toEqual(['com.shop']);
    expect(stack.skipped).toEqual([]);
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
        place: { line: 8, path: 'Resources.Bill.Properties.Events.Order' },
        reason: 'ScheduleV2 is a schedule of EventBridge Scheduler, which is another service than EventBridge',
      },
    ]);
  });

  test.each([
    ['a parameter', '!Ref Alias', ':live'],
    ['a condition', '!If [IsLive, !Ref Alias, !Ref AWS::NoValue]', ''],
    ['text', 'live', ':live'],
  ])('invokes the alias that is given by %s', async (_, alias, qualifier) => {
    const { stack, bridge } = await loaded(
      written(`Transform: AWS::Serverless-2016-10-31
Parameters: { Alias: { Type: String, Default: live } }
Conditions: { IsLive: !Equals [a, b] }
Globals: { Function: { AutoPublishAlias: ${alias} } }
Resources:
  Bill:
    Type: AWS::Serverless::Function
    Properties: { Events: { All: { Type: EventBridgeRule, Properties: { Pattern: { source: [a] } } } } }
`),
    );
    expect(stack.rules[0]?.targets[0]?.arn).toBe(
      `arn:aws:lambda:us-east-1:123456789012:function:stack-Bill${qualifier}`,
    );
    const seen: string[] = [];
    stack.handle('Bill', (event) => seen.push(event.source));
    await bridge.publish({ source: 'a', detailType: 'b', detail: {} });
    await bridge.idle();
    expect(seen).toEqual(['a']);
  });
});
