import { invalid } from '../../base/service-error.js';
import { copyJson } from '../../base/unknown-value.js';
import { pageOf } from '../../core/pages.js';
import { type Host, operationsOf, type Plugin } from '../../core/plugin.js';
import { limitExceeded } from '../../core/responses.js';
import type { TargetRecord } from '../../model/target.js';
import { functionTargets } from '../../targets/function.js';
import { findBus } from '../event-buses/event-bus-record.js';
import { assertNotManaged, findRule, type RuleRecord, requireForce, rulesOf } from '../rules/rule-record.js';
import { withDefaults } from './check-parameters.js';
import { checkTarget } from './check-target.js';
import type {
  ChangeTargetsResponse,
  ListTargetsByRuleRequest,
  ListTargetsByRuleResponse,
  PutTargetsRequest,
  RemoveTargetsRequest,
  TargetOperations,
} from './target-api.js';
import { targetOperationShapes } from './target-shapes.js';

/** Adds targets, or replaces those of the same Id. Of one good and one bad target none is put. */
export function putTargets(host: Host, input: PutTargetsRequest): ChangeTargetsResponse {
  const rule = findRule(host, input.Rule ?? '', input.EventBusName);
  const bus = findBus(host, input.EventBusName);
  const given = (input.Targets ?? []) as readonly TargetRecord[];
  const twice = given.find(({ Id }, index) => given.findIndex((other) => other.Id === Id) < index);
  if (twice !== undefined) {
    throw invalid(`Parameter targets is not valid. Reason: More than one target with Id '${twice.Id}' is provided.`);
  }
  for (const target of given) checkTarget(host, rule, target, bus.Arn);
  assertNotManaged(rule);
  const targets = new Map([...rule.Targets, ...given.map(withDefaults)].map((target) => [target.Id, target]));
  if (targets.size > host.limit('targetsPerRule')) throw limitExceeded();
  setTargets(host, rule, [...targets.values()]);
  return { FailedEntryCount: 0, FailedEntries: [] };
}

/** An Id that the rule does not have is removed as well: captured. */
export function removeTargets(host: Host, input: RemoveTargetsRequest): ChangeTargetsResponse {
  const rule = findRule(host, input.Rule ?? '', input.EventBusName);
  requireForce(rule, input.Force);
  const ids = new Set(input.Ids);
  const remaining = rule.Targets.filter(({ Id }) => !ids.has(Id));
  if (remaining.length < rule.Targets.length) setTargets(host, rule, remaining);
  return { FailedEntryCount: 0, FailedEntries: [] };
}

function setTargets(host: Host, rule: RuleRecord, targets: readonly TargetRecord[]): void {
  rulesOf(host, rule.EventBusName).put({ ...rule, Targets: targets });
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
