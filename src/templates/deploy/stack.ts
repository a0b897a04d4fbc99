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

/** A template that was loaded into a bridge, until `bridge.reset()`. */
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
   * Registers the handler of a function or another target of the template, as `bridge.handle` does.
   *
   * @param name - The logical id, or another name that only this resource has: its key in serverless.yml, the name of its construct or of
   * its Terraform resource, or its physical name.
   * @param target - The handler.
   * @param options - As those of `bridge.handle`.
   * @returns Removes the handler when it is disposed.
   * @throws {ValidationException} when the stack has no such target, or an argument is invalid.
   */
  handle<Event = Anything>(name: string, target: TargetFunction<Event>, options?: HandlerOptions): DisposableHandle;

  /**
   * Returns a queue of the template, as `bridge.queue` does.
   *
   * @param name - Named as `handle` names functions.
   * @returns The queue.
   * @throws {ValidationException} when the stack has no such queue.
   */
  queue(name: string): Queue;

  /**
   * Returns a bus of the template, as `bridge.bus` does.
   *
   * @param name - Named as `handle` names functions.
   * @returns The bus.
   * @throws {ValidationException} when the stack has no such bus.
   */
  bus(name: string): BusHandle;

  /**
   * Returns the resolved environment variables of a function, to be put into `process.env` for the code under test.
   *
   * @param name - Named as `handle` names functions.
   * @returns The variables. One that only AWS knows is left out, and listed in `skipped`.
   * @throws {ValidationException} when the stack has no such function.
   */
  environment(name: string): Record<string, string>;
}
