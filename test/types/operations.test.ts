import type * as Sdk from '@aws-sdk/client-eventbridge';
import { describe, expectTypeOf, test } from 'vitest';
import type { ClientConfig } from '../../src/aws-sdk.js';
import { type Bridge, createBridge, type OperationName, type Operations } from '../../src/index.js';

type Inputs = { [Name in OperationName]: Operations[Name]['input'] };
type Outputs = { [Name in OperationName]: Operations[Name]['output'] };

interface SdkInputs {
  CreateEventBus: Sdk.CreateEventBusRequest;
  UpdateEventBus: Sdk.UpdateEventBusRequest;
  DescribeEventBus: Sdk.DescribeEventBusRequest;
  ListEventBuses: Sdk.ListEventBusesRequest;
  DeleteEventBus: Sdk.DeleteEventBusRequest;
  PutPermission: Sdk.PutPermissionRequest;
  RemovePermission: Sdk.RemovePermissionRequest;
  PutRule: Sdk.PutRuleRequest;
  DescribeRule: Sdk.DescribeRuleRequest;
  ListRules: Sdk.ListRulesRequest;
  ListRuleNamesByTarget: Sdk.ListRuleNamesByTargetRequest;
  EnableRule: Sdk.EnableRuleRequest;
  DisableRule: Sdk.DisableRuleRequest;
  DeleteRule: Sdk.DeleteRuleRequest;
  PutTargets: Sdk.PutTargetsRequest;
  RemoveTargets: Sdk.RemoveTargetsRequest;
  ListTargetsByRule: Sdk.ListTargetsByRuleRequest;
  PutEvents: Sdk.PutEventsRequest;
  TestEventPattern: Sdk.TestEventPatternRequest;
  TagResource: Sdk.TagResourceRequest;
  UntagResource: Sdk.UntagResourceRequest;
  ListTagsForResource: Sdk.ListTagsForResourceRequest;
  CreateConnection: Sdk.CreateConnectionRequest;
  UpdateConnection: Sdk.UpdateConnectionRequest;
  DescribeConnection: Sdk.DescribeConnectionRequest;
  ListConnections: Sdk.ListConnectionsRequest;
  DeauthorizeConnection: Sdk.DeauthorizeConnectionRequest;
  DeleteConnection: Sdk.DeleteConnectionRequest;
  CreateApiDestination: Sdk.CreateApiDestinationRequest;
  UpdateApiDestination: Sdk.UpdateApiDestinationRequest;
  DescribeApiDestination: Sdk.DescribeApiDestinationRequest;
  ListApiDestinations: Sdk.ListApiDestinationsRequest;
  DeleteApiDestination: Sdk.DeleteApiDestinationRequest;
  CreateArchive: Sdk.CreateArchiveRequest;
  UpdateArchive: Sdk.UpdateArchiveRequest;
  DescribeArchive: Sdk.DescribeArchiveRequest;
  ListArchives: Sdk.ListArchivesRequest;
  DeleteArchive: Sdk.DeleteArchiveRequest;
  StartReplay: Sdk.StartReplayRequest;
  DescribeReplay: Sdk.DescribeReplayRequest;
  ListReplays: Sdk.ListReplaysRequest;
  CancelReplay: Sdk.CancelReplayRequest;
}

interface SdkOutputs {
  CreateEventBus: Sdk.CreateEventBusResponse;
  UpdateEventBus: Sdk.UpdateEventBusResponse;
  DescribeEventBus: Sdk.DescribeEventBusResponse;
  ListEventBuses: Sdk.ListEventBusesResponse;
  DeleteEventBus: object;
  PutPermission: object;
  RemovePermission: object;
  PutRule: Sdk.PutRuleResponse;
  DescribeRule: Sdk.DescribeRuleResponse;
  ListRules: Sdk.ListRulesResponse;
  ListRuleNamesByTarget: Sdk.ListRuleNamesByTargetResponse;
  EnableRule: object;
  DisableRule: object;
  DeleteRule: object;
  PutTargets: Sdk.PutTargetsResponse;
  RemoveTargets: Sdk.RemoveTargetsResponse;
  ListTargetsByRule: Sdk.ListTargetsByRuleResponse;
  PutEvents: Sdk.PutEventsResponse;
  TestEventPattern: Sdk.TestEventPatternResponse;
  TagResource: Sdk.TagResourceResponse;
  UntagResource: Sdk.UntagResourceResponse;
  ListTagsForResource: Sdk.ListTagsForResourceResponse;
  CreateConnection: Sdk.CreateConnectionResponse;
  UpdateConnection: Sdk.UpdateConnectionResponse;
  DescribeConnection: Sdk.DescribeConnectionResponse;
  ListConnections: Sdk.ListConnectionsResponse;
  DeauthorizeConnection: Sdk.DeauthorizeConnectionResponse;
  DeleteConnection: Sdk.DeleteConnectionResponse;
  CreateApiDestination: Sdk.CreateApiDestinationResponse;
  UpdateApiDestination: Sdk.UpdateApiDestinationResponse;
  DescribeApiDestination: Sdk.DescribeApiDestinationResponse;
  ListApiDestinations: Sdk.ListApiDestinationsResponse;
  DeleteApiDestination: Sdk.DeleteApiDestinationResponse;
  CreateArchive: Sdk.CreateArchiveResponse;
  UpdateArchive: Sdk.UpdateArchiveResponse;
  DescribeArchive: Sdk.DescribeArchiveResponse;
  ListArchives: Sdk.ListArchivesResponse;
  DeleteArchive: object;
  StartReplay: Sdk.StartReplayResponse;
  DescribeReplay: Sdk.DescribeReplayResponse;
  ListReplays: Sdk.ListReplaysResponse;
  CancelReplay: Sdk.CancelReplayResponse;
}

/** An input without what Footbridge takes beyond the SDK: lists that are read-only, and times that are no Date. */
type Narrow<Input> = [Date] extends [Input]
  ? Extract<Input, Date | undefined>
  : Input extends readonly (infer Item)[]
    ? Narrow<Item>[]
    : Input extends object
      ? { -readonly [Key in keyof Input]: Narrow<Input[Key]> }
      : Input;

/** An output without what the SDK leaves open: that anything in an answer may be missing. */
type Certain<Output> = Output extends Date | readonly string[]
  ? Output
  : Output extends (infer Item)[]
    ? Certain<Item>[]
    : Output extends object
      ? { [Key in keyof Output]-?: Certain<Exclude<Output[Key], undefined>> }
      : Output;

describe('The types of operations', () => {
  test('are compared for every operation', () => {
    expectTypeOf<keyof SdkInputs>().toEqualTypeOf<OperationName>();
    expectTypeOf<keyof SdkOutputs>().toEqualTypeOf<OperationName>();
  });

  test('take the inputs of the SDK, and are taken by it', () => {
    expectTypeOf<SdkInputs>().toExtend<Inputs>();
    expectTypeOf<Narrow<Inputs>>().toExtend<SdkInputs>();
  });

  test('answer outputs of the SDK, and say as much as its own', () => {
    expectTypeOf<Outputs>().toExtend<SdkOutputs>();
    expectTypeOf<Certain<SdkOutputs>>().toExtend<Outputs>();
  });

  test('let a bridge stand where code asks for the client of the SDK', () => {
    interface Publisher {
      putEvents(input: Sdk.PutEventsRequest): Promise<Sdk.PutEventsResponse>;
      describeEventBus(input: Sdk.DescribeEventBusRequest): Promise<Sdk.DescribeEventBusResponse>;
    }
    expectTypeOf<Bridge>().toExtend<Publisher>();
    expectTypeOf<Sdk.EventBridge>().toExtend<Publisher>();
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
