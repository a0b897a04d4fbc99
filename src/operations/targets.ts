import { castDraft, produce } from 'immer';
import { copyJson } from '../base/unknown-value.js';
import type { RuleRecord } from '../state/rule-record.js';
import type { Target, TargetRecord } from '../state/target-record.js';
import { checkTarget } from './check-target.js';
import { findBus, findRule } from './find-record.js';
import type { OperationContext } from './operation-context.js';
import { type PageRequest, pageOf } from './page.js';
import { limitExceeded, refuseManaged, requireForce } from './refusals.js';

/** A rule, as the operations on targets name it. */
interface TargetsOfRule {
  readonly Rule: string | undefined;
  /** Name or ARN; `default` if absent. */
  readonly EventBusName?: string | undefined;
}

/** The input of PutTargets. */
export interface PutTargetsRequest extends TargetsOfRule {
  readonly Targets: readonly Target[] | undefined;
}

/** The input of RemoveTargets. */
export interface RemoveTargetsRequest extends TargetsOfRule {
  /** Ids of targets. */
  readonly Ids: readonly string[] | undefined;
  /** Removes targets also of a rule that another service manages. */
  readonly Force?: boolean | undefined;
}

/** One target that could not be changed. */
export interface FailedTarget {
  TargetId: string;
  ErrorCode: string;
  ErrorMessage: string;
}

/** The output of PutTargets and RemoveTargets. */
export interface ChangeTargetsResponse {
  FailedEntryCount: number;
  FailedEntries: FailedTarget[];
}

/** The input of ListTargetsByRule. */
export interface ListTargetsByRuleRequest extends TargetsOfRule, PageRequest {}

/** The output of ListTargetsByRule. */
export interface ListTargetsByRuleResponse {
  /** By id, as they were put. */
  Targets: TargetRecord[];
  /** There if, and only if, more targets follow. */
  NextToken?: string;
}

/** Adds targets, or replaces those of the same Id; of two with one Id in one call the last counts. */
export function putTargets(context: OperationContext, input: PutTargetsRequest): ChangeTargetsResponse {
  const rule = findRule(context, input.Rule ?? '', input.EventBusName);
  refuseManaged(rule);
  const bus = findBus(context, input.EventBusName);
  const targets = new Map(rule.Targets.map((target) => [target.Id, target]));
  for (const target of (input.Targets ?? []) as readonly TargetRecord[]) {
    checkTarget(target, bus);
    targets.set(target.Id, target);
  }
  if (targets.size > context.limits.targetsPerRule) throw limitExceeded();
  setTargets(context, rule, [...targets.values()]);
  return { FailedEntryCount: 0, FailedEntries: [] };
}

export function removeTargets(context: OperationContext, input: RemoveTargetsRequest): ChangeTargetsResponse {
  const rule = findRule(context, input.Rule ?? '', input.EventBusName);
  requireForce(rule, input.Force);
  const ids = new Set(input.Ids);
  const known = new Set(rule.Targets.map(({ Id }) => Id));
  const failed = [...ids].flatMap((id) => (known.has(id) ? [] : [unknownTarget(rule.Name, id)]));
  if (failed.length < ids.size) {
    setTargets(
      context,
      rule,
      rule.Targets.filter(({ Id }) => !ids.has(Id)),
    );
  }
  return { FailedEntryCount: failed.length, FailedEntries: failed };
}

function setTargets({ store }: OperationContext, rule: RuleRecord, targets: readonly TargetRecord[]): void {
  store.rules(rule.EventBusName).put(
    produce(rule, (draft) => {
      draft.Targets = castDraft(targets);
    }),
  );
}

/** The sentence is LocalStack's; nobody recorded the service's. */
function unknownTarget(rule: string, id: string): FailedTarget {
  const message = `Rule '${rule}' does not have a target with the Id '${id}'.`;
  return { TargetId: id, ErrorCode: 'ResourceNotFoundException', ErrorMessage: message };
}

export function listTargetsByRule(
  context: OperationContext,
  input: ListTargetsByRuleRequest,
): ListTargetsByRuleResponse {
  const rule = findRule(context, input.Rule ?? '', input.EventBusName);
  const { page, next } = pageOf(rule.Targets, ({ Id }) => Id, input);
  return { Targets: copyJson(page), ...next };
}
