import equal from 'fast-deep-equal';
import { makeRuleArn } from '../../base/arn.js';
import { invalid, ServiceError } from '../../base/service-error.js';
import type { Collection } from '../../core/collections.js';
import { pageOf, pageOfNamed } from '../../core/pages.js';
import { type Host, operationsOf, type Plugin, type Taggable } from '../../core/plugin.js';
import { type EmptyResponse, limitExceeded, omitUndefined, ruleNotFound } from '../../core/responses.js';
import { parseServiceArn } from '../../core/service-arn.js';
import { requirePattern, requireRulePattern } from '../../patterns/language/parse-pattern.js';
import type { Conditions, EventPattern, Matcher } from '../../patterns/language/pattern.js';
import { type BusRules, busesOf, busRecords, checkTags, findBus } from '../event-buses/event-bus-record.js';
import {
  type DeleteRuleRequest,
  type DescribeRuleResponse,
  type ListRuleNamesByTargetRequest,
  type ListRuleNamesByTargetResponse,
  type ListRulesRequest,
  type ListRulesResponse,
  type PutRuleRequest,
  type PutRuleResponse,
  type Rule,
  type RuleOnBus,
  type RuleOperations,
  ruleShapes,
} from './rule-api.js';
import {
  assertNotManaged,
  findRule,
  managedRule,
  type RuleRecord,
  type RuleState,
  requireForce,
  ruleRecords,
  ruleSinks,
  rulesOf,
  scheduleExpressions,
} from './rule-record.js';

/** Makes a rule or replaces all of it but its targets and tags; what is left out is gone. */
export function putRule(host: Host, input: PutRuleRequest): PutRuleResponse {
  const { Name = '', EventPattern, ScheduleExpression } = input;
  if (!EventPattern && !ScheduleExpression) {
    throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  const bus = findBus(host, input.EventBusName).Name;
  if (ScheduleExpression !== undefined && bus !== 'default') {
    throw invalid('ScheduleExpression is supported only on the default event bus.');
  }
  if (ScheduleExpression && input.State === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS') {
    throw invalid(`${input.State} rule state is not supported with scheduled rule expressions.`);
  }
  const rules = rulesOf(host, bus);
  const before = rules.get(Name);
  assertNotManaged(before);
  if (EventPattern) checkPattern(host, EventPattern, rules, Name);
  if (ScheduleExpression) host.require(scheduleExpressions, 'ScheduleExpression').check(ScheduleExpression);
  if (before === undefined) checkTags(host, input.Tags ?? []);
  if (before === undefined && rules.size >= host.limit('rulesPerBus')) throw limitExceeded();

  const rule = withSchedule(host, before, {
    Name,
    Arn: makeRuleArn(host.home, bus, Name),
    EventBusName: bus,
    // An empty text is kept, and shown.
    ...omitUndefined({ EventPattern, ScheduleExpression }),
    State: input.State ?? 'ENABLED',
    ...omitUndefined({ Description: input.Description, RoleArn: input.RoleArn }),
    CreatedBy: host.home.account,
    Tags: before?.Tags ?? input.Tags ?? [],
    Targets: before?.Targets ?? [],
  });
  if (!equal(before, rule)) rules.put(rule);
  return { RuleArn: rule.Arn };
}

/** Throws InvalidEventPatternException or LimitExceededException. */
function checkPattern(host: Host, pattern: string, rules: Collection<RuleRecord>, name: string): void {
  const parsed = requireRulePattern(pattern);
  host.routes.remember(parsed);
  checkPatternLength(host, pattern, name);
  if (rules.size < host.limit('wildcardRulesPerBus') || !hasWildcard(parsed)) return;
  const others = [...rules.values()].filter((rule) => rule.Name !== name && countsAsWildcard(rule));
  if (others.length >= host.limit('wildcardRulesPerBus')) throw limitExceeded();
}

/** Measured is the sentence; the error's name is Footbridge's choice, as is that characters count. */
export function checkPatternLength(host: Host, pattern: string, rule: string): void {
  const limit = host.limit('patternCharacters');
  if (pattern.length <= limit) return;
  throw new ServiceError(
    'LimitExceededException',
    `Parameter EventPattern for rule ${rule} exceeds limit of ${limit}.`,
  );
}

function countsAsWildcard({ EventPattern = '' }: RuleRecord): boolean {
  return EventPattern.includes('wildcard') && hasWildcard(requirePattern(EventPattern));
}

export function describeRule(host: Host, input: RuleOnBus): DescribeRuleResponse {
  const rule = findRule(host, input.Name ?? '', input.EventBusName);
  return { ...listed(rule), CreatedBy: rule.CreatedBy };
}

export function listRules(host: Host, input: ListRulesRequest): ListRulesResponse {
  const rules = rulesOf(host, findBus(host, input.EventBusName).Name);
  const { page, next } = pageOfNamed(rules.values(), input);
  return { Rules: page.map(listed), ...next };
}

export function listRuleNamesByTarget(host: Host, input: ListRuleNamesByTargetRequest): ListRuleNamesByTargetResponse {
  const rules = rulesOf(host, findBus(host, input.EventBusName).Name);
  parseServiceArn(host.home, input.TargetArn ?? '');
  const names = Array.from(rules.values())
    .filter(({ Targets }) => Targets.some(({ Arn }) => Arn === input.TargetArn))
    .map(({ Name }) => Name);
  const { page, next } = pageOf(names, (name) => name, input);
  return { RuleNames: page, ...next };
}

export function enableRule(host: Host, input: RuleOnBus): EmptyResponse {
  return setState(host, input, 'ENABLED');
}

export function disableRule(host: Host, input: RuleOnBus): EmptyResponse {
  return setState(host, input, 'DISABLED');
}

function setState(host: Host, input: RuleOnBus, state: RuleState): EmptyResponse {
  const rule = findRule(host, input.Name ?? '', input.EventBusName);
  assertNotManaged(rule);
  if (rule.State === state) return {};
  rulesOf(host, rule.EventBusName).put(withSchedule(host, rule, { ...rule, State: state }));
  return {};
}

/** Tells since when the schedule runs: the same as `before`, as long as the same expression stays enabled. */
function withSchedule({ clock }: Host, before: RuleRecord | undefined, rule: RuleRecord): RuleRecord {
  const { ScheduledSince: _, ...rest } = rule;
  if (!rule.ScheduleExpression || rule.State === 'DISABLED') return rest;
  const isSame = before?.ScheduleExpression === rule.ScheduleExpression;
  return { ...rest, ScheduledSince: (isSame ? before.ScheduledSince : undefined) ?? clock.now() };
}

/** A rule that is not there is deleted; one that has targets stays, and is refused. */
export function deleteRule(host: Host, input: DeleteRuleRequest): EmptyResponse {
  const rules = rulesOf(host, findBus(host, input.EventBusName).Name);
  const rule = rules.get(input.Name ?? '');
  if (rule === undefined) return {};
  requireForce(rule, input.Force);
  if (rule.Targets.length > 0) throw invalid("Rule can't be deleted since it has targets.");
  rules.delete(rule.Name);
  return {};
}

function listed({ CreatedBy: _, Tags: __, Targets: ___, ScheduledSince: ____, ...rule }: RuleRecord): Rule {
  return rule as Rule;
}

/** Whether a pattern counts against the quota of rules with wildcards. */
export function hasWildcard(pattern: EventPattern): boolean {
  // Branches may share parts: without this set shared ones would be walked once for every way to reach them.
  const seen = new Set<Conditions>();
  const open: Conditions[] = [pattern.conditions];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.fields.some((field) => field.matchers.some(isWildcard))) return true;
    open.push(...next.ors.flat());
  }
  return false;
}

function isWildcard(matcher: Matcher): boolean {
  return matcher.kind === 'wildcard' || (matcher.kind === 'anything-but' && matcher.not.some(isWildcard));
}

const operations = operationsOf<RuleOperations>(ruleShapes, {
  PutRule: putRule,
  DescribeRule: describeRule,
  ListRules: listRules,
  ListRuleNamesByTarget: listRuleNamesByTarget,
  EnableRule: enableRule,
  DisableRule: disableRule,
  DeleteRule: deleteRule,
});

/** Rules: each becomes a route of its bus. */
export function rules(): Plugin<RuleOperations> {
  return {
    name: 'rules',
    requires: ['eventBuses'],
    operations,
    limits: { rulesPerBus: 300, wildcardRulesPerBus: 30, patternCharacters: 2048 },
    collections: [ruleRecords],
    install: (host) => {
      host.store.onChange(busRecords, (before, after) => {
        if (before === undefined && after !== undefined) rulesOf(host, after.Name);
        if (before !== undefined && after === undefined) host.store.dropBus(ruleRecords, before.Name);
      });
      host.store.onChange(ruleRecords, (before, after) => routeRule(host, before, after));
      const service: BusRules = { hasRules: (bus) => rulesOf(host, bus).size > 0 };
      return { service, findTaggable: (resource, isLocal) => findTaggableRule(host, resource, isLocal) };
    },
  };
}

function routeRule(host: Host, before: RuleRecord | undefined, after: RuleRecord | undefined): void {
  if (after === undefined) {
    if (before !== undefined) host.routes.removeRule(before.EventBusName, before.Name);
    return;
  }
  const archiveSink = host.find(ruleSinks)?.sinkFor(after);
  // The rule of an archive has no deliveries.
  const targets = archiveSink === undefined ? after.Targets : [];
  host.routes.putRule(after.EventBusName, {
    name: after.Name,
    pattern: after.State === 'DISABLED' ? undefined : after.EventPattern || undefined,
    recipients:
      before !== undefined && before.Targets === after.Targets
        ? undefined
        : (queueOf) => targets.map((target) => host.recipientFor(after, target, queueOf(target.Id))),
    receivesReadOnlyEvents: after.State === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
    archiveSink,
  });
}

function findTaggableRule(host: Host, resource: string, isLocal: boolean): Taggable | undefined {
  if (!resource.startsWith('rule/')) return undefined;
  const path = resource.slice('rule/'.length);
  const slash = path.indexOf('/');
  const bus = slash < 0 ? 'default' : path.slice(0, slash);
  const name = path.slice(slash + 1);
  const rule = isLocal && busesOf(host).get(bus) !== undefined ? rulesOf(host, bus).get(name) : undefined;
  if (rule === undefined) throw ruleNotFound(name, bus);
  return {
    tags: rule.Tags,
    setTags: (tags) => {
      if (rule.ManagedBy !== undefined) {
        throw managedRule(`Tag related operations on the managed rule ${name} is not allowed.`);
      }
      rulesOf(host, bus).put({ ...rule, Tags: tags });
    },
  };
}
