import type { SchedulingClock } from '../base/clock/clock.js';
import type { Receiver } from '../delivery/recipient.js';
import type { TargetRecord } from '../model/target.js';
import type { TargetAddress } from './handler-context.js';
import type { HandledFunction } from './handlers.js';

/** A kind of target, registered with a bridge. The first one that accepts a target's ARN makes its receiver. */
export interface TargetKind {
  accepts(arn: string): boolean;
  /** Throws a ValidationException for a target that it does not take on the bus of this ARN. */
  check?(target: TargetRecord, busArn: string): void;
  receiver(target: RuleTarget, host: TargetHost): Receiver;
}

/** A target of a rule. */
export type RuleTarget = TargetRecord & TargetAddress & { readonly ruleArn: string };

/** What a bridge offers to its kinds of targets. */
export interface TargetHost {
  readonly clock: SchedulingClock;
  /** By ARN. */
  readonly functions: ReadonlyMap<string, HandledFunction>;
  /** By ARN. */
  readonly targetNames: ReadonlyMap<string, Citation>;
}

/** What a template says of something that has an ARN. */
export interface Citation {
  /** Its names in the template, the logical id first. */
  readonly names: readonly string[];
  /** Its location: `template.yaml:33`. */
  readonly place: string;
  /** What to call it where nothing handles it, and how to handle it. */
  readonly words: string;
}
