import equal from 'fast-deep-equal';
import { makeRuleArn } from '../base/arn.js';
import { invalid } from '../base/service-error.js';
import { requirePattern, requireRulePattern } from '../patterns/language/parse-pattern.js';
import { readSchedule } from '../resources/schedules/schedule-expression.js';
import type { Collection } from '../state/collection.js';
import type { RuleRecord, RuleState } from '../state/rule-record.js';
import type { Tag } from '../state/tag.js';
import { defined } from './defined.js';
import { findBus, findRule } from './find-record.js';
import { hasWildcard } from './has-wildcard.js';
import type { Nothing } from './nothing.js';
import type { OperationContext } from './operation-context.js';
import { type NamedPageRequest, type PageRequest, pageOf, pageOfNamed } from './page.js';
import { limitExceeded, refuseManaged, requireForce } from './refusals.js';
import { checkTags } from './tags.js';

/** The input of PutRule. */
export interface PutRuleRequest {
  /** 1 to 64 letters, digits, dots, dashes and underscores. */
  readonly Name: string | undefined;
  /** The pattern's JSON text. This or `ScheduleExpression` must be given. */
  readonly EventPattern?: string | undefined;
  /**
   * On the default bus only: `rate(5 minutes)` or `cron(0 12 * * ? *)`. At these times the rule's targets get a
   * `Scheduled Event` from `aws.events`, as does whatever else on the bus matches it. A rate counts from when the rule was
   * made, enabled, or given another expression (Footbridge's choice), and first runs a whole period after.
   */
  readonly ScheduleExpression?: string | undefined;
  /** `ENABLED` if absent, also when the rule was disabled. */
  readonly State?: RuleState | undefined;
  readonly Description?: string | undefined;
  readonly RoleArn?: string | undefined;
  /** Only heeded when the rule is new. */
  readonly Tags?: readonly Tag[] | undefined;
  /** Name or ARN; `default` if absent. */
  readonly EventBusName?: string | undefined;
}

/** The output of PutRule. */
export interface PutRuleResponse {
  RuleArn: string;
}

/** A rule by its name. */
export interface RuleOnBus {
  readonly Name: string | undefined;
  /** Name or ARN; `default` if absent. */
  readonly EventBusName?: string | undefined;
}

/** The input of DeleteRule. */
export interface DeleteRuleRequest extends RuleOnBus {
  /** Deletes also a rule that another service manages. */
  readonly Force?: boolean | undefined;
}

/** A rule, as ListRules lists it. */
export interface Rule {
  Name: string;
  Arn: string;
  EventBusName: string;
  State: RuleState;
  EventPattern?: string;
  ScheduleExpression?: string;
  Description?: string;
  RoleArn?: string;
  /** The service that manages it, if one does. */
  ManagedBy?: string;
}

/** The output of DescribeRule. */
export interface DescribeRuleResponse extends Rule {
  /** The account. */
  CreatedBy: string;
}

/** The input of ListRules. */
export interface ListRulesRequest extends NamedPageRequest {
  /** Name or ARN; `default` if absent. */
  readonly EventBusName?: string | undefined;
}

/** The output of ListRules. */
export interface ListRulesResponse {
  /** By name. */
  Rules: Rule[];
  /** There if, and only if, more rules follow. */
  NextToken?: string;
}

/** The input of ListRuleNamesByTarget. */
export interface ListRuleNamesByTargetRequest extends PageRequest {
  /** As PutTargets was given it. */
  readonly TargetArn: string | undefined;
  /** Name or ARN; `default` if absent. */
  readonly EventBusName?: string | undefined;
}

/** The output of ListRuleNamesByTarget. */
export interface ListRuleNamesByTargetResponse {
  /** In their order, each once. */
  RuleNames: string[];
  /** There if, and only if, more names follow. */
  NextToken?: string;
}

/** Makes a rule or replaces all of it but its targets and tags; what is left out is gone. */
export function putRule(context: OperationContext, input: PutRuleRequest): PutRuleResponse {
  const { limits, store } = context;
  const { Name = '', EventPattern, ScheduleExpression } = input;
  if (!EventPattern && !ScheduleExpression) {
    throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  const bus = findBus(context, input.EventBusName).Name;
  if (ScheduleExpression && bus !== 'default') {
    throw invalid('ScheduleExpression is supported only on the default event bus.');
  }
  // Captured is the code alone; the sentence is Footbridge's choice.
  if (ScheduleExpression && input.State === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS') {
    throw invalid(
      'State ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS is not supported for rules with ScheduleExpression.',
    );
  }
  const rules = store.rules(bus);
  const before = rules.get(Name);
  refuseManaged(before);
  if (EventPattern) checkPattern(context, EventPattern, rules, Name);
  if (ScheduleExpression) readSchedule(ScheduleExpression);
  if (before === undefined) checkTags(context, input.Tags ?? []);
  if (before === undefined && rules.size >= limits.rulesPerBus) throw limitExceeded();

  const rule = withSchedule(context, before, {
    Name,
    Arn: makeRuleArn(context.home, bus, Name),
    EventBusName: bus,
    ...(EventPattern ? { EventPattern } : {}),
    ...(ScheduleExpression ? { ScheduleExpression } : {}),
    State: input.State ?? 'ENABLED',
    ...defined({ Description: input.Description, RoleArn: input.RoleArn }),
    CreatedBy: context.home.account,
    Tags: before?.Tags ?? input.Tags ?? [],
    Targets: before?.Targets ?? [],
  });
  if (!equal(before, rule)) rules.put(rule);
  return { RuleArn: rule.Arn };
}

/** Throws InvalidEventPatternException or LimitExceededException. */
function checkPattern(
  { limits }: OperationContext,
  pattern: string,
  rules: Collection<RuleRecord>,
  name: string,
): void {
  const parsed = requireRulePattern(pattern);
  if (pattern.length > limits.patternCharacters) throw limitExceeded();
  if (rules.size < limits.wildcardRulesPerBus || !hasWildcard(parsed)) return;
  const others = [...rules.values()].filter((rule) => rule.Name !== name && countsAsWildcard(rule));
  if (others.length >= limits.wildcardRulesPerBus) throw limitExceeded();
}

function countsAsWildcard({ EventPattern = '' }: RuleRecord): boolean {
  return EventPattern.includes('wildcard') && hasWildcard(requirePattern(EventPattern));
}

export function describeRule(context: OperationContext, input: RuleOnBus): DescribeRuleResponse {
  const rule = findRule(context, input.Name ?? '', input.EventBusName);
  return { ...listed(rule), CreatedBy: rule.CreatedBy };
}

export function listRules(context: OperationContext, input: ListRulesRequest): ListRulesResponse {
  const rules = context.store.rules(findBus(context, input.EventBusName).Name);
  const { page, next } = pageOfNamed(rules.values(), input);
  return { Rules: page.map(listed), ...next };
}

export function listRuleNamesByTarget(
  context: OperationContext,
  input: ListRuleNamesByTargetRequest,
): ListRuleNamesByTargetResponse {
  const rules = context.store.rules(findBus(context, input.EventBusName).Name);
  const names = Array.from(rules.values())
    .filter(({ Targets }) => Targets.some(({ Arn }) => Arn === input.TargetArn))
    .map(({ Name }) => Name);
  const { page, next } = pageOf(names, (name) => name, input);
  return { RuleNames: page, ...next };
}

export function enableRule(context: OperationContext, input: RuleOnBus): Nothing {
  return setState(context, input, 'ENABLED');
}

export function disableRule(context: OperationContext, input: RuleOnBus): Nothing {
  return setState(context, input, 'DISABLED');
}

function setState(context: OperationContext, input: RuleOnBus, state: RuleState): Nothing {
  const rule = findRule(context, input.Name ?? '', input.EventBusName);
  refuseManaged(rule);
  if (rule.State === state) return {};
  context.store.rules(rule.EventBusName).put(withSchedule(context, rule, { ...rule, State: state }));
  return {};
}

/** Tells since when the schedule runs: the same as `before`, as long as the same expression stays enabled. */
function withSchedule({ clock }: OperationContext, before: RuleRecord | undefined, rule: RuleRecord): RuleRecord {
  const { ScheduledSince: _, ...rest } = rule;
  if (rule.ScheduleExpression === undefined || rule.State === 'DISABLED') return rest;
  const isSame = before?.ScheduleExpression === rule.ScheduleExpression;
  return { ...rest, ScheduledSince: (isSame ? before.ScheduledSince : undefined) ?? clock.now() };
}

/** A rule that is not there is deleted; one that has targets stays, and is refused. */
export function deleteRule(context: OperationContext, input: DeleteRuleRequest): Nothing {
  const { store } = context;
  const rules = store.rules(findBus(context, input.EventBusName).Name);
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
