import type { PutEventsRequest, PutEventsResponse } from '../events/entry.js';
import { apiModel } from '../model/api-model.js';
import type { Structure } from '../model/shape.js';
import { putEvents } from '../routing/put-events.js';
import type * as Bus from './event-buses.js';
import { createEventBus, describeEventBus } from './event-buses.js';
import type { OperationContext } from './operation-context.js';
import type * as Rules from './rules.js';
import { deleteRule, describeRule, disableRule, enableRule, listRules, putRule } from './rules.js';
import type * as Targets from './targets.js';
import { listTargetsByRule, putTargets, removeTargets } from './targets.js';
import { type TestEventPatternRequest, type TestEventPatternResponse, testEventPattern } from './test-event-pattern.js';

/** The types of the operations of EventBridge that a Bridge has, by name. */
export interface Operations {
  /** Makes a bus. `ResourceAlreadyExistsException`, also for `default`; `LimitExceededException` above `limits.buses`. */
  CreateEventBus: { input: Bus.CreateEventBusRequest; output: Bus.CreateEventBusResponse };
  /** A bus by name or ARN, `default` if none is named. `ResourceNotFoundException`. */
  DescribeEventBus: { input: Bus.DescribeEventBusRequest; output: Bus.DescribeEventBusResponse };
  /**
   * Makes a rule, or replaces all of it but its targets and tags: what is left out is gone.
   * `InvalidEventPatternException`, `ResourceNotFoundException`, `LimitExceededException`.
   */
  PutRule: { input: Rules.PutRuleRequest; output: Rules.PutRuleResponse };
  /** A rule by name. `ResourceNotFoundException`. */
  DescribeRule: { input: Rules.RuleOnBus; output: Rules.DescribeRuleResponse };
  /** The rules of a bus by name, 100 at a time if no `Limit` says less. `ResourceNotFoundException`. */
  ListRules: { input: Rules.ListRulesRequest; output: Rules.ListRulesResponse };
  /** Lets a rule receive events. `ResourceNotFoundException`. */
  EnableRule: { input: Rules.RuleOnBus; output: Rules.Nothing };
  /** Lets a rule receive none, from this call on. `ResourceNotFoundException`. */
  DisableRule: { input: Rules.RuleOnBus; output: Rules.Nothing };
  /** Deletes a rule, also one that is not there. `ValidationException` if it has targets. */
  DeleteRule: { input: Rules.DeleteRuleRequest; output: Rules.Nothing };
  /**
   * Adds targets to a rule, or replaces those of the same Id. `ResourceNotFoundException`; `LimitExceededException`, and
   * nothing is put, above `limits.targetsPerRule`; `ValidationException` for an input that is no JSON, an unknown
   * placeholder, more than one of Input, InputPath and InputTransformer, or any of them for a bus.
   */
  PutTargets: { input: Targets.PutTargetsRequest; output: Targets.ChangeTargetsResponse };
  /** Removes targets of a rule; unknown Ids are answered in `FailedEntries`. `ResourceNotFoundException`. */
  RemoveTargets: { input: Targets.RemoveTargetsRequest; output: Targets.ChangeTargetsResponse };
  /** The targets of a rule. `ResourceNotFoundException`. */
  ListTargetsByRule: { input: Targets.ListTargetsByRuleRequest; output: Targets.ListTargetsByRuleResponse };
  /**
   * Sends one to ten events. An entry that is wrong is answered in its place and harms no other; the handlers run after
   * the answer. `ValidationException` for the whole call: too many entries, too large, a malformed bus name.
   */
  PutEvents: { input: PutEventsRequest; output: PutEventsResponse };
  /** Whether an event matches a pattern. `InvalidEventPatternException`, `ValidationException`. */
  TestEventPattern: { input: TestEventPatternRequest; output: TestEventPatternResponse };
}

/** The names of the operations. */
export type OperationName = keyof Operations;

interface Operation<Name extends OperationName> {
  /** The constraints of its input. */
  readonly input: Structure;
  run(context: OperationContext, input: Operations[Name]['input']): Operations[Name]['output'];
}

/** Every operation: an entry here is all that a new one needs. */
export const operations: { readonly [Name in OperationName]: Operation<Name> } = {
  CreateEventBus: { input: apiModel.CreateEventBus, run: createEventBus },
  DescribeEventBus: { input: apiModel.DescribeEventBus, run: describeEventBus },
  PutRule: { input: apiModel.PutRule, run: putRule },
  DescribeRule: { input: apiModel.DescribeRule, run: describeRule },
  ListRules: { input: apiModel.ListRules, run: listRules },
  EnableRule: { input: apiModel.EnableRule, run: enableRule },
  DisableRule: { input: apiModel.DisableRule, run: disableRule },
  DeleteRule: { input: apiModel.DeleteRule, run: deleteRule },
  PutTargets: { input: apiModel.PutTargets, run: putTargets },
  RemoveTargets: { input: apiModel.RemoveTargets, run: removeTargets },
  ListTargetsByRule: { input: apiModel.ListTargetsByRule, run: listTargetsByRule },
  PutEvents: { input: apiModel.PutEvents, run: (context, input) => putEvents(context, input) },
  TestEventPattern: { input: apiModel.TestEventPattern, run: testEventPattern },
};
