import type { PageRequest } from '../../core/pages.js';
import type { Target, TargetRecord } from '../../model/target.js';

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

/** One target that could not be changed. No known request makes one: a target that is rejected rejects the call. */
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

/** The operations on the targets of rules. */
export interface TargetOperations {
  /**
   * Adds targets to a rule, or replaces those with the same `Id`.
   *
   * @throws {ResourceNotFoundException} when the rule or its bus does not exist.
   * @throws {LimitExceededException} above `limits.targetsPerRule`; then nothing is put.
   * @throws {ManagedRuleException} for a rule that a service manages.
   * @throws {ValidationException} for a target that AWS rejects: a service that is not a target, a missing RoleArn or block of
   * parameters, a block out of its bounds, an invalid input or dead-letter queue, or one Id twice; then nothing is put.
   * @throws {AccessDeniedException} for a dead-letter queue of another region.
   */
  putTargets(input: PutTargetsRequest): Promise<ChangeTargetsResponse>;
  /**
   * Removes targets from a rule; ids that it does not have are ignored.
   *
   * @throws {ResourceNotFoundException} when the rule or its bus does not exist.
   * @throws {ManagedRuleException} for a managed rule, without `Force`.
   */
  removeTargets(input: RemoveTargetsRequest): Promise<ChangeTargetsResponse>;
  /**
   * Lists the targets of a rule by id.
   *
   * @throws {ResourceNotFoundException} when the rule or its bus does not exist.
   */
  listTargetsByRule(input: ListTargetsByRuleRequest): Promise<ListTargetsByRuleResponse>;
}
