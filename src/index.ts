export type { Clock, Duration } from './base/clock/clock.js';
export { systemClock } from './base/clock/clock.js';
export type { VirtualClock } from './base/clock/virtual-clock.js';
export { virtualClock } from './base/clock/virtual-clock.js';
export type { DisposableHandle } from './base/disposable.js';
export type { Fault } from './base/fault.js';
export { randomIds, sequentialIds } from './base/random.js';
export { ServiceError } from './base/service-error.js';
export type { TargetErrorOptions } from './base/target-error.js';
export { TargetError } from './base/target-error.js';
export type {
  Bridge,
  BusHandle,
  DeliveryReport,
  OperationMethods,
  OperationName,
  Operations,
  Subscribable,
} from './bridge/bridge.js';
export type { Chaos, ChaosOptions } from './bridge/chaos.js';
export { chaos } from './bridge/chaos.js';
export { createBridge } from './bridge/create-bridge.js';
export type { PlannedDelivery } from './bridge/dry-run.js';
export type { Faults } from './bridge/faults.js';
export type { InvalidDetail } from './bridge/invalid-detail-error.js';
export { InvalidDetailError } from './bridge/invalid-detail-error.js';
export type { BridgeOptions, Limits, ViolationPolicy } from './bridge/options.js';
export type { Publisher } from './bridge/publish.js';
export type { PublishFailure } from './bridge/put-events-error.js';
export { PutEventsError } from './bridge/put-events-error.js';
export type { PutEventsFault } from './bridge/put-events-faults.js';
export { sharedBridge } from './bridge/shared-bridge.js';
export type { Snapshot } from './bridge/snapshot.js';
export type { Subscription, SubscriptionHandler, SubscriptionOptions } from './bridge/subscription.js';
export type { WaitOptions } from './bridge/wait-for.js';
export type { DetailIssue, SchemaIssue, SchemaResult, StandardSchema } from './contracts/detail-issues.js';
export type { DefinedEvent, PatternObject, PublishEventOf, TypedPattern } from './contracts/event-definition.js';
export type { EmptyResponse } from './core/responses.js';
export type { ExhaustedCondition } from './delivery/outcome.js';
export type { DeadLetterAttributes } from './delivery/recipient.js';
export type {
  PutEventsRequest,
  PutEventsRequestEntry,
  PutEventsResponse,
  PutEventsResultEntry,
} from './events/entry.js';
export type { Envelope } from './events/envelope.js';
export type { Origin } from './events/ingest.js';
export type { PartialEnvelope } from './events/partial-envelope.js';
export type { EventOptions, PublishEvent } from './events/publish-event.js';
export type { CallRecord } from './history/call-log.js';
export type { BranchCoverage, Coverage, RouteCoverage } from './history/coverage.js';
export type { DeliveryQuery } from './history/delivery-query.js';
export type { DeliveryTrace, EventTrace } from './history/event-trace.js';
export type { EventExplanation, RouteExplanation } from './history/explain-event.js';
export type { History } from './history/history.js';
export type {
  AcceptedRecord,
  DeadLetteredRecord,
  DeliveredRecord,
  DeliveryRecord,
  DroppedRecord,
  FailedRecord,
  FunctionErrorRecord,
  HistoryRecord,
  InvalidDetailRecord,
  MatchedRecord,
  RecordKind,
  RecordOf,
  RejectedRecord,
  RetryingRecord,
  UnmatchedRecord,
} from './history/record.js';
export type { RetryPolicy, Target } from './model/target.js';
export type { ReplayOptions } from './resources/replays/replay-recorded.js';
export type { NextRunsOptions } from './resources/schedules/schedule-expression.js';
export { nextRuns } from './resources/schedules/schedule-expression.js';
export type { DeliveryContext, TargetCallback, TargetContext } from './targets/handler-context.js';
export type { HandlerOptions, TargetFunction } from './targets/handlers.js';

export type { LogEvent, LogGroup } from './targets/log-group.js';
export type { Queue, QueueMessage, QueueOptions, ReceivedMessage, ReceiveOptions } from './targets/queue.js';
export type { PolicyStatement, ResourcePolicy } from './targets/resource-policy.js';

export type { TargetFault } from './targets/target-faults.js';
