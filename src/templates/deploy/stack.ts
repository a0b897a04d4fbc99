import type { DisposableHandle } from '../../base/disposable.js';
import type { Anything } from '../../base/unknown-value.js';
import type { BusHandle } from '../../bridge/bridge.js';
import type { RuleState } from '../../resources/rules/rule-record.js';
import type { HandlerOptions, TargetFunction } from '../../targets/handlers.js';

import type { Queue } from '../../targets/queue.js';

import type { SkippedResource, TemplateFormat } from '../cloudformation/cloud-template.js';
import type { SourceLocation } from '../document/template-problem.js';

/** A value of a template as it is written, and the parameters that it was resolved with. */
export interface SourceValue {
  /** In one line, such as `!Sub '${Stage}-orders'`. */
  readonly sourceText: string;
  /** Of the template, by name, with the values that were used. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** A target of a rule of a template. */
export interface StackTarget {
  /** As PutTargets was given it. */
  readonly id: string;
  /** As PutTargets was given it. */
  readonly arn: string;
  /** Of the resource of the template that the ARN belongs to, if it is one of them. */
  readonly logicalId: string | undefined;
  /** Where the target stands. */
  readonly location: SourceLocation;
  /** The target as it is written, in one line. */
  readonly sourceText: string;
}

/** A rule of a template, as it went into the bridge. */
export interface StackRule {
  /** Of its resource. SAM's is that of the function and of the event: `BillFunctionBigOrder`. */
  readonly logicalId: string;
  /** What else it is called in the template: its SAM event, the name of its construct. */
  readonly names: readonly string[];
  /** The name it has on its bus. */
  readonly name: string;
  /** The name of its bus. */
  readonly bus: string;
  /** How the template names the bus; `undefined` where it names none, which means `default`. */
  readonly busSource: SourceValue | undefined;
  /** `ENABLED` unless the template says otherwise. */
  readonly state: RuleState;
  /** The pattern's JSON text, resolved. */
  readonly eventPattern: string | undefined;
  /** Its schedule, resolved; rules have this, a pattern, or both. */
  readonly scheduleExpression: string | undefined;
  /** The condition on which it is deployed, which holds. */
  readonly condition: string | undefined;
  /** Where it stands: the line of its name. */
  readonly location: SourceLocation;
  /** Where its pattern stands. */
  readonly patternLocation: SourceLocation | undefined;
  /** Its properties as they are written, in one line. */
  readonly sourceText: string;
  /** In the order of the template. */
  readonly targets: readonly StackTarget[];
}

/** A template that was loaded into a bridge. After `bridge.reset()` it is loaded no more. */
export interface Stack {
  /** AWS::StackName. */
  readonly name: string;
  /** What the template was written for. */
  readonly format: TemplateFormat;
  /** The rules that went into the bridge, in the order of the template. */
  readonly rules: readonly StackRule[];
  /** What did not go into the bridge, with the reason. */
  readonly skipped: readonly SkippedResource[];

  /**
   * Puts a function behind a resource of the template, by its logical id or another name that only it has: its key in
   * serverless.yml, the name of its construct, of a Terraform resource, or its physical name. As `bridge.handle`. Throws `ValidationException`.
   */
  handle<Event = Anything>(name: string, target: TargetFunction<Event>, options?: HandlerOptions): DisposableHandle;

  /** A queue of the template, named as `handle` names functions. As `bridge.queue`. Throws `ValidationException`. */
  queue(name: string): Queue;

  /** A bus of the template, named as `handle` names functions. As `bridge.bus`. Throws `ValidationException`. */
  bus(name: string): BusHandle;

  /**
   * The environment variables of a function, resolved, to be put into `process.env` for the code under test. A variable that only
   * AWS knows is left out, and listed in `skipped`. Throws `ValidationException` for a function that there is not.
   */
  environment(name: string): Record<string, string>;
}
