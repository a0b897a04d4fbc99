import { type AccountRegion, makeRuleArn } from '../../base/arn.js';
import {
  type JsonShape,
  listShape as list,
  membersShape as members,
  oneOfShape as oneOf,
  textShape as text,
} from '../../base/json/json-shape.js';
import { ServiceError } from '../../base/service-error.js';
import type { Collection, CollectionType } from '../../core/collections.js';
import type { Host, ServiceKey } from '../../core/plugin.js';
import { instant, tagsShape, targetShape } from '../../core/record-shapes.js';
import { ruleNotFound } from '../../core/responses.js';
import type { ArchiveSink } from '../../delivery/route.js';
import type { Tag, TargetRecord } from '../../model/target.js';
import { findBus } from '../event-buses/event-bus-record.js';

/** Whether a rule receives events. */
export type RuleState = 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

/** A rule on a bus, with its targets. */
export interface RuleRecord {
  readonly Name: string;
  readonly Arn: string;
  readonly EventBusName: string;
  readonly EventPattern?: string | undefined;
  readonly ScheduleExpression?: string | undefined;
  /** Since when its schedule runs, in epoch milliseconds; absent if it has none, or is disabled. */
  readonly ScheduledSince?: number | undefined;
  readonly State: RuleState;
  readonly Description?: string | undefined;
  readonly RoleArn?: string | undefined;
  readonly CreatedBy: string;
  /** The service that made the rule, and alone may change it. */
  readonly ManagedBy?: string | undefined;
  readonly Tags: readonly Tag[];
  readonly Targets: readonly TargetRecord[];
}

/** The name in the ARN of a rule on this bus, whether there is one or not; `undefined` for any other text. */
export function ruleNameOf(home: AccountRegion, bus: string, arn: string): string | undefined {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  return name !== '' && arn === makeRuleArn(home, bus, name) ? name : undefined;
}

export const ruleRecords: CollectionType<RuleRecord> = { name: 'rules', busOf: ({ EventBusName }) => EventBusName };

/** What a rule of a snapshot must be like. */
export const ruleShape: JsonShape = members(
  {
    Name: text,
    Arn: text,
    EventBusName: text,
    State: oneOf('ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'),
    CreatedBy: text,
    Tags: tagsShape,
    Targets: list(targetShape),
  },
  {
    EventPattern: text,
    ScheduleExpression: text,
    ScheduledSince: instant,
    Description: text,
    RoleArn: text,
    ManagedBy: text,
  },
);

/** Checks ScheduleExpressions. */
export interface ScheduleExpressions {
  /** Throws a ValidationException. */
  check(expression: string): void;
}

export const scheduleExpressions: ServiceKey<ScheduleExpressions> = { plugin: 'schedules' };

/** Knows the rules that feed archives. */
export interface RuleSinks {
  sinkFor(rule: RuleRecord): ArchiveSink | undefined;
}

export const ruleSinks: ServiceKey<RuleSinks> = { plugin: 'archives' };

/** The rules of a bus, which must exist. */
export function rulesOf({ store }: Host, bus: string): Collection<RuleRecord> {
  return store.collection(ruleRecords, bus);
}

/** The rule; throws ResourceNotFoundException for an unknown bus or rule. */
export function findRule(host: Host, name: string, busNameOrArn: string | undefined): RuleRecord {
  const bus = findBus(host, busNameOrArn).Name;
  const rule = rulesOf(host, bus).get(name);
  if (rule === undefined) throw ruleNotFound(name, bus);
  return rule;
}

/** Throws for a rule that another service manages. */
export function assertNotManaged(rule: RuleRecord | undefined): void {
  if (rule?.ManagedBy !== undefined) throw managedRule(`${rule.Name} is a managed rule.`);
}

/** The same, unless the caller insists. */
export function requireForce({ Name, ManagedBy }: RuleRecord, force: boolean | undefined): void {
  if (ManagedBy === undefined || force === true) return;
  throw managedRule(`${Name} is a managed rule. Set 'force' parameter to true to override.`);
}

export function managedRule(message: string): ServiceError {
  return new ServiceError('ManagedRuleException', message);
}
