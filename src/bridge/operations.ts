import type { EmptyResponse } from '../core/responses.js';
import type { PutEventsRequest, PutEventsResponse } from '../events/entry.js';
import type * as Destinations from '../resources/api-destinations/api-destinations.js';
import type * as Archives from '../resources/archives/archives.js';
import type * as Connections from '../resources/connections/connection-requests.js';
import type * as Bus from '../resources/event-buses/event-buses.js';
import type { TestEventPatternRequest, TestEventPatternResponse } from '../resources/events/test-event-pattern.js';
import type * as Permissions from '../resources/permissions/permissions.js';
import type * as Replays from '../resources/replays/replays.js';
import type * as Rules from '../resources/rules/rules.js';
import type * as Tags from '../resources/tags/tags.js';
import type * as Targets from '../resources/targets/targets.js';

/** The types of the operations of EventBridge that a Bridge has, by name. */
export interface Operations {
  /**
   * Makes a bus. `ResourceAlreadyExistsException`, also for `default`; `LimitExceededException` above `limits.buses`;
   * `ValidationException` for a name with a slash and for a tag key that comes twice.
   */
  CreateEventBus: { input: Bus.CreateEventBusRequest; output: Bus.CreateEventBusResponse };
  /** Changes the settings of a bus; what is left out stays. `ResourceNotFoundException`. */
  UpdateEventBus: { input: Bus.UpdateEventBusRequest; output: Bus.UpdateEventBusResponse };
  /** A bus by name or ARN, `default` if none is named. `ResourceNotFoundException`. */
  DescribeEventBus: { input: Bus.DescribeEventBusRequest; output: Bus.DescribeEventBusResponse };
  /** The buses by name, 100 at a time if no `Limit` says less. `ValidationException` for a token of no page. */
  ListEventBuses: { input: Bus.ListEventBusesRequest; output: Bus.ListEventBusesResponse };
  /**
   * Deletes a bus with its rules, targets, tags, policy and subscriptions, also one that is not there. Deliveries on their
   * way go on. `ValidationException` for `default`.
   */
  DeleteEventBus: { input: Bus.DeleteEventBusRequest; output: EmptyResponse };
  /**
   * Adds a statement to the policy of a bus, or replaces the statement of the same id, or the whole policy. A policy is kept
   * and shown, not enforced: every call to a Bridge is its own account's. `ResourceNotFoundException`;
   * `PolicyLengthExceededException` above `limits.policyCharacters`; `ValidationException`.
   */
  PutPermission: { input: Permissions.PutPermissionRequest; output: EmptyResponse };
  /** Removes a statement, or the policy. `ResourceNotFoundException`, also for a statement that is not there. */
  RemovePermission: { input: Permissions.RemovePermissionRequest; output: EmptyResponse };
  /**
   * Makes a rule, or replaces all of it but its targets and tags: what is left out is gone.
   * `InvalidEventPatternException`, `ResourceNotFoundException`, `LimitExceededException`, `ManagedRuleException`;
   * `ValidationException` for a rule with neither pattern nor schedule.
   */
  PutRule: { input: Rules.PutRuleRequest; output: Rules.PutRuleResponse };
  /** A rule by name. `ResourceNotFoundException`. */
  DescribeRule: { input: Rules.RuleOnBus; output: Rules.DescribeRuleResponse };
  /** The rules of a bus by name, 100 at a time if no `Limit` says less. `ResourceNotFoundException`. */
  ListRules: { input: Rules.ListRulesRequest; output: Rules.ListRulesResponse };
  /** The names of the rules of a bus that have a target of this ARN. `ResourceNotFoundException`. */
  ListRuleNamesByTarget: { input: Rules.ListRuleNamesByTargetRequest; output: Rules.ListRuleNamesByTargetResponse };
  /** Lets a rule receive events. `ResourceNotFoundException`, `ManagedRuleException`. */
  EnableRule: { input: Rules.RuleOnBus; output: EmptyResponse };
  /** Lets a rule receive none, from this call on. `ResourceNotFoundException`, `ManagedRuleException`. */
  DisableRule: { input: Rules.RuleOnBus; output: EmptyResponse };
  /**
   * Deletes a rule, also one that is not there. `ValidationException` if it has targets; `ManagedRuleException` for a
   * managed one without `Force`; `ResourceNotFoundException` for a bus that is not there.
   */
  DeleteRule: { input: Rules.DeleteRuleRequest; output: EmptyResponse };
  /**
   * Adds targets to a rule, or replaces those of the same Id. `ResourceNotFoundException`; `LimitExceededException`, and
   * nothing is put, above `limits.targetsPerRule`; `ManagedRuleException`; `ValidationException` for an input that is no JSON,
   * an unknown placeholder, more than one of Input, InputPath and InputTransformer, or any of them for a bus.
   */
  PutTargets: { input: Targets.PutTargetsRequest; output: Targets.ChangeTargetsResponse };
  /**
   * Removes targets of a rule; unknown Ids are answered in `FailedEntries`. `ResourceNotFoundException`;
   * `ManagedRuleException` for a managed rule without `Force`.
   */
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
  /**
   * Adds tags to a bus or a rule. `ResourceNotFoundException`; `ManagedRuleException`; `ValidationException` for a key that
   * comes twice or the ARN of anything else; `LimitExceededException` above `limits.tagsPerResource`.
   */
  TagResource: { input: Tags.TagResourceRequest; output: EmptyResponse };
  /**
   * Removes tags, also those that are not there. `ResourceNotFoundException`; `ManagedRuleException`; `ValidationException`
   * for the ARN of anything else.
   */
  UntagResource: { input: Tags.UntagResourceRequest; output: EmptyResponse };
  /** The tags of a bus or a rule. `ResourceNotFoundException`, `ValidationException`. */
  ListTagsForResource: { input: Tags.ListTagsForResourceRequest; output: Tags.ListTagsForResourceResponse };
  /**
   * Makes a connection. One by OAuth is AUTHORIZING for a second of the bridge's clock, then AUTHORIZED; the others are at
   * once. `ResourceAlreadyExistsException`; `LimitExceededException` above `limits.connections`; `ValidationException` for
   * parameters that are not those of the type.
   */
  CreateConnection: { input: Connections.CreateConnectionRequest; output: Connections.CreateConnectionResponse };
  /**
   * Changes a connection; what is left out stays. New parameters authorize it again. `ResourceNotFoundException`;
   * `ValidationException` for parameters that are not those of the type.
   */
  UpdateConnection: { input: Connections.UpdateConnectionRequest; output: Connections.ChangeConnectionResponse };
  /** A connection by name, without its secrets. `ResourceNotFoundException`. */
  DescribeConnection: { input: Connections.ConnectionByName; output: Connections.DescribeConnectionResponse };
  /** The connections by name, 100 at a time if no `Limit` says less. */
  ListConnections: { input: Connections.ListConnectionsRequest; output: Connections.ListConnectionsResponse };
  /** Takes the parameters of a connection away: DEAUTHORIZING, and DEAUTHORIZED from then on. `ResourceNotFoundException`. */
  DeauthorizeConnection: { input: Connections.ConnectionByName; output: Connections.ChangeConnectionResponse };
  /** Deletes a connection. The API destinations that use it become INACTIVE. `ResourceNotFoundException`. */
  DeleteConnection: { input: Connections.ConnectionByName; output: Connections.ChangeConnectionResponse };
  /**
   * Makes an API destination: a record. Events for it go to the function that `handle` puts behind its ARN, whatever its
   * state. `ResourceAlreadyExistsException`; `ResourceNotFoundException` for an unknown connection;
   * `LimitExceededException` above `limits.apiDestinations`.
   */
  CreateApiDestination: {
    input: Destinations.CreateApiDestinationRequest;
    output: Destinations.ChangeApiDestinationResponse;
  };
  /** Changes an API destination; what is left out stays. `ResourceNotFoundException`, also for an unknown connection. */
  UpdateApiDestination: {
    input: Destinations.UpdateApiDestinationRequest;
    output: Destinations.ChangeApiDestinationResponse;
  };
  /** An API destination by name. `ResourceNotFoundException`. */
  DescribeApiDestination: {
    input: Destinations.ApiDestinationByName;
    output: Destinations.DescribeApiDestinationResponse;
  };
  /** The API destinations by name, 100 at a time if no `Limit` says less. */
  ListApiDestinations: {
    input: Destinations.ListApiDestinationsRequest;
    output: Destinations.ListApiDestinationsResponse;
  };
  /** Deletes an API destination. `ResourceNotFoundException`. */
  DeleteApiDestination: { input: Destinations.ApiDestinationByName; output: EmptyResponse };
  /**
   * Makes an archive of a bus, and the rule `Events-Archive-NAME` that feeds it: it holds the events that match from this
   * call on. A DeleteEventBus leaves it and what it holds. `ResourceNotFoundException` for an unknown bus,
   * `ResourceAlreadyExistsException`, `InvalidEventPatternException`, `LimitExceededException` for a pattern that is too long.
   */
  CreateArchive: { input: Archives.CreateArchiveRequest; output: Archives.ChangeArchiveResponse };
  /**
   * Changes an archive; what is left out stays. `ResourceNotFoundException`, `InvalidEventPatternException`,
   * `LimitExceededException`; `ValidationException` for one that changes nothing.
   */
  UpdateArchive: { input: Archives.UpdateArchiveRequest; output: Archives.ChangeArchiveResponse };
  /** An archive by name, with how much it holds now. `ResourceNotFoundException`. */
  DescribeArchive: { input: Archives.ArchiveByName; output: Archives.DescribeArchiveResponse };
  /**
   * The archives by name, 100 at a time if no `Limit` says less. `ResourceNotFoundException` for an unknown bus;
   * `ValidationException` for more than one filter.
   */
  ListArchives: { input: Archives.ListArchivesRequest; output: Archives.ListArchivesResponse };
  /** Deletes an archive with its events and its rule; its replays go on. `ResourceNotFoundException`. */
  DeleteArchive: { input: Archives.ArchiveByName; output: EmptyResponse };
  /**
   * Lets events of an archive in once more, each with a new id and the name of the replay, by the minutes of their times. It
   * takes no time of the clock: STARTING at the answer, RUNNING from a later turn of the event loop on, COMPLETED when each
   * event was handed to the rules; `idle`, `drain` and a virtual clock that is moved wait for that. It replays what the
   * archive held at this call, whatever becomes of the archive; FAILED if the bus is deleted meanwhile.
   * `ResourceNotFoundException`, `ResourceAlreadyExistsException`, `LimitExceededException` above `limits.activeReplays`;
   * `ValidationException` for an unknown archive, another bus than its own, a window that ends before it starts, and a
   * filter that is no rule of the bus.
   */
  StartReplay: { input: Replays.StartReplayRequest; output: Replays.StartReplayResponse };
  /** A replay by name. `ResourceNotFoundException`, also 90 days after its end. */
  DescribeReplay: { input: Replays.ReplayByName; output: Replays.DescribeReplayResponse };
  /** The replays by name, 100 at a time if no `Limit` says less. `ValidationException` for more than one filter. */
  ListReplays: { input: Replays.ListReplaysRequest; output: Replays.ListReplaysResponse };
  /**
   * Ends a replay: CANCELLING at the answer, soon after CANCELLED. `ResourceNotFoundException`; `IllegalStatusException` for
   * one that is neither starting nor running.
   */
  CancelReplay: { input: Replays.ReplayByName; output: Replays.CancelReplayResponse };
}

/** The names of the operations. */
export type OperationName = keyof Operations;
