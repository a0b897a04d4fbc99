import type * as Sdk from '@aws-sdk/client-eventbridge';
import { describe, expectTypeOf, test } from 'vitest';
import type { ClientConfig } from '../../src/aws-sdk.js';
import { createBridge, type Operations } from '../../src/index.js';

type Inputs = { [Name in keyof Operations]: Operations[Name]['input'] };
type Outputs = { [Name in keyof Operations]: Operations[Name]['output'] };

interface SdkInputs {
  CreateEventBus: Sdk.CreateEventBusRequest;
  DescribeEventBus: Sdk.DescribeEventBusRequest;
  PutRule: Sdk.PutRuleRequest;
  DescribeRule: Sdk.DescribeRuleRequest;
  ListRules: Sdk.ListRulesRequest;
  EnableRule: Sdk.EnableRuleRequest;
  DisableRule: Sdk.DisableRuleRequest;
  DeleteRule: Sdk.DeleteRuleRequest;
  PutTargets: Sdk.PutTargetsRequest;
  RemoveTargets: Sdk.RemoveTargetsRequest;
  ListTargetsByRule: Sdk.ListTargetsByRuleRequest;
  PutEvents: Sdk.PutEventsRequest;
  TestEventPattern: Sdk.TestEventPatternRequest;
}

interface SdkOutputs {
  CreateEventBus: Sdk.CreateEventBusResponse;
  DescribeEventBus: Sdk.DescribeEventBusResponse;
  PutRule: Sdk.PutRuleResponse;
  DescribeRule: Sdk.DescribeRuleResponse;
  ListRules: Sdk.ListRulesResponse;
  EnableRule: object;
  DisableRule: object;
  DeleteRule: object;
  PutTargets: Sdk.PutTargetsResponse;
  RemoveTargets: Sdk.RemoveTargetsResponse;
  ListTargetsByRule: Sdk.ListTargetsByRuleResponse;
  PutEvents: Sdk.PutEventsResponse;
  TestEventPattern: Sdk.TestEventPatternResponse;
}

describe('The types of operations', () => {
  test('take the inputs of the SDK, and their outputs are those of the SDK', () => {
    expectTypeOf<SdkInputs>().toExtend<Inputs>();
    expectTypeOf<Outputs>().toExtend<SdkOutputs>();
  });

  test('let the configuration go into a real client', () => {
    expectTypeOf<ClientConfig>().toExtend<Sdk.EventBridgeClientConfig>();
  });

  test('ask for an input only where something in it is required', async () => {
    await using bridge = createBridge();
    expectTypeOf(bridge.listRules).toBeCallableWith();
    expectTypeOf(bridge.putRule).parameters.toEqualTypeOf<[input: Operations['PutRule']['input']]>();
    expectTypeOf(bridge.invoke('PutRule', { Name: 'a', EventPattern: '{"a":[1]}' })).resolves.toEqualTypeOf<
      Operations['PutRule']['output']
    >();
    await bridge.idle();
  });
});
