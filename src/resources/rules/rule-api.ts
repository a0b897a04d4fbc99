import type { NamedPageRequest, PageRequest } from '../../core/pages.js';
import type { EmptyResponse } from '../../core/responses.js';
import {
  arn,
  boolean,
  busNameOrArn,
  description,
  eventPattern,
  name64,
  oneOf,
  page,
  requests,
  string,
  tags,
} from '../../model/shape.js';
import type { Tag } from '../../model/target.js';
import type { RuleState } from './rule-record.js';

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

/** The operations on rules. */
export interface RuleOperations {
  /**
   * Creates a rule, or replaces all of it but its targets and tags: what is left out is gone.
   *
   * @throws {InvalidEventPatternException} for an invalid pattern.
   * @throws {ResourceNotFoundException} when the bus does not exist.
   * @throws {LimitExceededException} above `limits.rulesPerBus`, `wildcardRulesPerBus` or `patternCharacters`.
   * @throws {ManagedRuleException} for a rule that a service manages.
   * @throws {ValidationException} for a rule with neither pattern nor schedule.
   */
  putRule(input: PutRuleRequest): Promise<PutRuleResponse>;
  /**
   * Describes a rule.
   *
   * @throws {ResourceNotFoundException} when the rule or its bus does not exist.
   */
  describeRule(input: RuleOnBus): Promise<DescribeRuleResponse>;
  /**
   * Lists the rules of a bus by name, 100 at a time if `Limit` does not say less.
   *
   * @throws {ResourceNotFoundException} when the bus does not exist.
   */
  listRules(input?: ListRulesRequest): Promise<ListRulesResponse>;
  /**
   * Lists the names of the rules of a bus that have a target with this ARN.
   *
   * @throws {ResourceNotFoundException} when the bus does not exist.
   */
  listRuleNamesByTarget(input: ListRuleNamesByTargetRequest): Promise<ListRuleNamesByTargetResponse>;
  /**
   * Enables a rule.
   *
   * @throws {ResourceNotFoundException} when the rule or its bus does not exist.
   * @throws {ManagedRuleException} for a rule that a service manages.
   */
  enableRule(input: RuleOnBus): Promise<EmptyResponse>;
  /**
   * Disables a rule: from this call on it receives no events.
   *
   * @throws {ResourceNotFoundException} when the rule or its bus does not exist.
   * @throws {ManagedRuleException} for a rule that a service manages.
   */
  disableRule(input: RuleOnBus): Promise<EmptyResponse>;
  /**
   * Deletes a rule; one that does not exist, too.
   *
   * @throws {ResourceNotFoundException} when the bus does not exist.
   * @throws {ValidationException} for a rule that has targets.
   * @throws {ManagedRuleException} for a managed rule, without `Force`.
   */
  deleteRule(input: DeleteRuleRequest): Promise<EmptyResponse>;
}

const ruleOnBus = { 'Name!': name64, EventBusName: busNameOrArn };

export const ruleShapes = requests({
  PutRule: {
    'Name!': name64,
    ScheduleExpression: string(undefined, 256),
    EventPattern: eventPattern,
    State: oneOf('ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'),
    Description: description,
    RoleArn: arn,
    Tags: tags,
    EventBusName: busNameOrArn,
  },
  DescribeRule: ruleOnBus,
  ListRules: { NamePrefix: name64, EventBusName: busNameOrArn, ...page },
  EnableRule: ruleOnBus,
  DisableRule: ruleOnBus,
  DeleteRule: { ...ruleOnBus, Force: boolean },
  ListRuleNamesByTarget: {
    'TargetArn!': arn,
    EventBusName: busNameOrArn,
    ...page,
  },
});
