import { describe, expect, test } from 'vitest';
import { loaded, refusal, written } from './loaded.js';

const sam = (resources: string) => written(`Transform: AWS::Serverless-2016-10-31\nResources:\n${resources}`);
const pattern = '{ source: [com.shop] }';
const bill = (alias: string) =>
  sam(`
  Bill:
    Type: AWS::Serverless::Function
    Properties:
      AutoPublishAlias: ${alias}
      Events: { Order: { Type: EventBridgeRule, Properties: { Pattern: ${pattern} } } }
`);

describe('An alias in SAM', () => {
  test.each([
    ['v-1_a', 'BillAliasvD1Ua'],
    ['live', 'BillAliaslive'],
  ])('gives an alias the logical id that SAM gives it: %s', async (alias, logicalId) => {
    const { stack } = await loaded(bill(alias));
    expect(stack.rules[0]?.targets).toMatchObject([{ logicalId, arn: expect.stringMatching(`:stack-Bill:${alias}$`) }]);
  });

  test('refuses an alias that SAM refuses', async () => {
    expect(await refusal(bill('"1"'))).toMatch(/AutoPublishAlias must be made of letters, .* but is "1"$/);
  });

  test.each([
    ['', ''],
    ['UseAliasAsEventTarget: true, ', ':live'],
  ])('starts a state machine by its alias only if it says so: %s', async (uses, suffix) => {
    const { stack } = await loaded(
      sam(`  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      { Name: flow, AutoPublishAlias: live, ${uses}Events: { E: { Type: EventBridgeRule, Properties: { Pattern: ${pattern} } } } }
`),
    );
    expect(stack.rules[0]?.targets[0]?.arn).toBe(`arn:aws:states:us-east-1:123456789012:stateMachine:flow${suffix}`);
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
