import type { Anything } from '../base/unknown-value.js';
import type { Gate } from '../delivery/gate.js';
import type { TargetCallback, TargetContext } from './target-context.js';

/**
 * The function behind a target's ARN, shaped as a Lambda handler: a handler written for `@types/aws-lambda` fits. It
 * gets its own mutable copy of what the target receives, parsed; a body that is no JSON it gets as text. What it answers is
 * ignored, as by EventBridge; a promise is waited for.
 */
export type TargetFunction<Event = Anything> = (
  event: Event,
  context: TargetContext,
  callback: TargetCallback,
) => unknown;

/** A function, and the terms on which it is called. */
export interface HandledFunction {
  readonly call: TargetFunction;
  /** Milliseconds. */
  readonly timeout: number;
  readonly gate: Gate | undefined;
  /** Handles again when this one is disposed. */
  readonly covered?: HandledFunction | undefined;
  isDisposed?: boolean;
}
