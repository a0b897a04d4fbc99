import type { Clock } from '../base/clock/clock.js';
import { requestIds } from '../base/random.js';
import type { Anything } from '../base/unknown-value.js';

/** What a handler is told about the delivery it is called for. */
export interface DeliveryContext {
  /**
   * The exact text that the target receives: what its Input, InputPath or InputTransformer make of the event, or the
   * envelope, with Detail as it was written but for white space.
   */
  readonly body: string;
  /** The event's id. */
  readonly eventId: string;
  /** Name of the rule. */
  readonly rule: string;
  /** Id of the target in its rule. */
  readonly targetId: string;
  /** ARN of the target. */
  readonly arn: string;
  /** 1 for the first attempt, also of a function that Lambda invokes again. */
  readonly attempt: number;
  /**
   * The trace header, which AWS sends as `X-Amzn-Trace-Id`: what EventBridge passes on of the entry's TraceHeader. For a Lambda function
   * with a `Lineage`, and a new trace if the event has none.
   */
  readonly traceHeader: string | undefined;
  /** The partition key of the record, for a Kinesis stream. */
  readonly partitionKey?: string | undefined;
  /** Aborted when nobody waits for the handler any more: it took too long, or the bridge was reset or closed. */
  readonly signal: AbortSignal;
}

/** The second argument of a handler: a Lambda context, and what Footbridge adds. */
export interface TargetContext {
  /** As in Lambda; not used. */
  callbackWaitsForEmptyEventLoop: boolean;
  /** The name in the ARN of the function. */
  readonly functionName: string;
  /** The version or alias in the ARN, otherwise `$LATEST`. */
  readonly functionVersion: string;
  /** The ARN of the target. */
  readonly invokedFunctionArn: string;
  /** Always `128`. */
  readonly memoryLimitInMB: string;
  /** A new id for each invocation. */
  readonly awsRequestId: string;
  /** The log group that Lambda would use. A bridge writes no logs of functions. */
  readonly logGroupName: string;
  /** The log stream that Lambda would use. */
  readonly logStreamName: string;
  /** Milliseconds on the bridge's clock until the attempt has taken too long. */
  getRemainingTimeInMillis(): number;
  /** As the callback; kept by Lambda for old handlers. */
  done(error?: Error, result?: unknown): void;
  /** As the callback with an error. */
  fail(error: Error | string): void;
  /** As the callback without an error. */
  succeed(result?: unknown, more?: unknown): void;
  /** Which delivery this is. */
  readonly delivery: DeliveryContext;
}

/** The third argument of a handler: for a function that declares it and returns no promise, the way to end. */
export type TargetCallback = (error?: Error | string | null, result?: Anything) => void;

/** The address of a delivery to a target. */
export interface TargetAddress {
  readonly rule: string;
  readonly targetId: string;
  readonly arn: string;
}

/** What of an attempt a function is told. */
export interface HandlerCall {
  readonly body: string;
  /** Counts from 1. */
  readonly attemptNumber: number;
  readonly signal: AbortSignal;
  readonly event: { readonly id: string; readonly traceHeader: string | undefined };
}

/** What a call depends on beside the attempt. */
export interface CallSettings {
  readonly clock: Clock;
  /** In milliseconds. */
  readonly timeout: number;
  /** What the handler receives, if it is not the target's input. */
  readonly body?: string | undefined;
  /** Makes the trace header from the event's. */
  readonly traceHeader?: ((header: string | undefined, now: number) => string) | undefined;
  readonly partitionKey?: string | undefined;
}

export function makeContext(
  attempt: HandlerCall,
  { rule, targetId, arn }: TargetAddress,
  { clock, timeout, body = attempt.body, traceHeader: makeHeader, partitionKey }: CallSettings,
  callback: TargetCallback,
): TargetContext {
  const { event } = attempt;
  let traceHeader: string | undefined;
  const [name = '', version = '$LATEST'] = (arn.split(':function:')[1] ?? arn.split(':').at(-1) ?? '').split(':');
  const started = clock.now();
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: version,
    invokedFunctionArn: arn,
    memoryLimitInMB: '128',
    awsRequestId: requestIds(),
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: `${new Date(started).toISOString().slice(0, 10).replaceAll('-', '/')}/[${version}]footbridge`,
    getRemainingTimeInMillis: () => Math.max(0, started + timeout - clock.now()),
    done: callback,
    fail: (error) => callback(error),
    succeed: (result) => callback(null, result),
    delivery: {
      body,
      eventId: event.id,
      rule,
      targetId,
      arn,
      attempt: attempt.attemptNumber,
      get traceHeader() {
        traceHeader ??= makeHeader === undefined ? event.traceHeader : makeHeader(event.traceHeader, started);
        return traceHeader;
      },
      ...(partitionKey === undefined ? {} : { partitionKey }),
      get signal() {
        return attempt.signal;
      },
    },
  };
}
