import { parseArn } from '../../base/arn.js';
import { invalid } from '../../base/service-error.js';
import { copyJson } from '../../base/unknown-value.js';
import { pageOf } from '../../core/pages.js';
import type { Host, Plugin } from '../../core/plugin.js';
import { operationsOf } from '../../core/plugin.js';
import { deadLetterQueues, targetInputs } from '../../core/recipients.js';
import { limitExceeded, pluginNeeded } from '../../core/responses.js';
import type { TargetRecord } from '../../model/target.js';
import { functionTargets } from '../../targets/function.js';
import { findBus } from '../event-buses/event-bus-record.js';
import type { RuleRecord } from '../rules/rule-record.js';
import { assertNotManaged, findRule, requireForce, rulesOf } from '../rules/rule-record.js';
import type {
  ChangeTargetsResponse,
  FailedTarget,
  ListTargetsByRuleRequest,
  ListTargetsByRuleResponse,
  PutTargetsRequest,
  RemoveTargetsRequest,
  TargetOperations,
} from './target-api.js';
import { targetOperationShapes } from './target-shapes.js';

/** Adds targets, or replaces those of the same Id; of two with one Id in one call the last counts. */
export function putTargets(host: Host, input: PutTargetsRequest): ChangeTargetsResponse {
  const rule = findRule(host, input.Rule ?? '', input.EventBusName);
  assertNotManaged(rule);
  const bus = findBus(host, input.EventBusName);
  const targets = new Map(rule.Targets.map((target) => [target.Id, target]));
  for (const target of (input.Targets ?? []) as readonly TargetRecord[]) {
    checkTarget(host, target, bus.Arn);
    targets.set(target.Id, target);
  }
  if (targets.size > host.limit('targetsPerRule')) throw limitExceeded();
  setTargets(host, rule, [...targets.values()]);
  return { FailedEntryCount: 0, FailedEntries: [] };
}

export function removeTargets(host: Host, input: RemoveTargetsRequest): ChangeTargetsResponse {
  const rule = findRule(host, input.Rule ?? '', input.EventBusName);
  requireForce(rule, input.Force);
  const ids = new Set(input.Ids);
  const known = new Set(rule.Targets.map(({ Id }) => Id));
  const failed = [...ids].flatMap((id) => (known.has(id) ? [] : [unknownTarget(rule.Name, id)]));
  if (failed.length < ids.size) {
    setTargets(
      host,
      rule,
      rule.Targets.filter(({ Id }) => !ids.has(Id)),
    );
  }
  return { FailedEntryCount: failed.length, FailedEntries: failed };
}

function setTargets(host: Host, rule: RuleRecord, targets: readonly TargetRecord[]): void {
  rulesOf(host, rule.EventBusName).put({ ...rule, Targets: targets });
}

/** The sentence is LocalStack's; nobody recorded the service's. */
function unknownTarget(rule: string, id: string): FailedTarget {
  const message = `Rule '${rule}' does not have a target with the Id '${id}'.`;
  return { TargetId: id, ErrorCode: 'ResourceNotFoundException', ErrorMessage: message };
}

export function listTargetsByRule(host: Host, input: ListTargetsByRuleRequest): ListTargetsByRuleResponse {
  const rule = findRule(host, input.Rule ?? '', input.EventBusName);
  const { page, next } = pageOf(rule.Targets, ({ Id }) => Id, input);
  return { Targets: copyJson(page), ...next };
}

const operations = operationsOf<TargetOperations>(targetOperationShapes, {
  PutTargets: putTargets,
  RemoveTargets: removeTargets,
  ListTargetsByRule: listTargetsByRule,
});

/** The targets of rules. What is behind their ARNs is a handler, or what other plugins know. */
export function targets(): Plugin<TargetOperations> {
  return {
    name: 'targets',
    requires: ['rules'],
    operations,
    limits: { targetsPerRule: 5 },
    install: () => ({ targetKinds: [functionTargets] }),
  };
}

/** Throws a ValidationException for what a target of a rule on the bus of this ARN must not be. */
function checkTarget(host: Host, target: TargetRecord, busArn: string): void {
  const { Id, Arn, DeadLetterConfig, Input, InputPath, InputTransformer } = target;
  if (parseArn(Arn) === undefined) {
    throw invalid(`Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`);
  }
  const kind = host.targetKind(Arn);
  const absent = kind === undefined ? host.absentPlugins.ofTarget(Arn) : undefined;
  if (absent !== undefined) throw pluginNeeded(`Target ${Id}, ${Arn},`, absent);
  kind?.check?.(target, busArn);
  if (DeadLetterConfig?.Arn !== undefined) checkDeadLetterQueue(host, Id, DeadLetterConfig.Arn);
  const option = Object.entries({ Input, InputPath, InputTransformer }).find(([, value]) => value !== undefined);
  if (option !== undefined) host.require(targetInputs, `${option[0]} of target ${Id}`).check(target);
}

/** Known to be refused; the sentence is Footbridge's. */
function checkDeadLetterQueue(host: Host, id: string, text: string): void {
  const arn = parseArn(text);
  if (arn?.service !== 'sqs' || arn.resource.endsWith('.fifo')) {
    throw invalid(`DeadLetterConfig for target ${id} must be the ARN of a standard SQS queue.`);
  }
  host.require(deadLetterQueues, `DeadLetterConfig of target ${id}`);
}
