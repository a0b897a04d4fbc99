import type { OperationContext } from '../core/old-context.js';
import { putEvents } from '../core/put-events.js';
import {
  createApiDestination,
  deleteApiDestination,
  describeApiDestination,
  listApiDestinations,
  updateApiDestination,
} from '../resources/api-destinations/api-destinations.js';
import {
  createArchive,
  deleteArchive,
  describeArchive,
  listArchives,
  updateArchive,
} from '../resources/archives/archives.js';
import {
  createConnection,
  deauthorizeConnection,
  deleteConnection,
  describeConnection,
  listConnections,
  updateConnection,
} from '../resources/connections/connections.js';
import {
  createEventBus,
  deleteEventBus,
  describeEventBus,
  listEventBuses,
  updateEventBus,
} from '../resources/event-buses/event-buses.js';
import { testEventPattern } from '../resources/events/test-event-pattern.js';
import { putPermission, removePermission } from '../resources/permissions/permissions.js';
import { cancelReplay, describeReplay, listReplays, startReplay } from '../resources/replays/replays.js';
import {
  deleteRule,
  describeRule,
  disableRule,
  enableRule,
  listRuleNamesByTarget,
  listRules,
  putRule,
} from '../resources/rules/rules.js';
import { listTagsForResource, tagResource, untagResource } from '../resources/tags/tags.js';
import { listTargetsByRule, putTargets, removeTargets } from '../resources/targets/targets.js';
import type { OperationName, Operations } from './operations.js';

/** What performs each operation, on an input that the constraints of the model hold for. */
export const operationTable: {
  readonly [Name in OperationName]: (
    context: OperationContext,
    input: Operations[Name]['input'],
  ) => Operations[Name]['output'];
} = {
  CreateEventBus: createEventBus,
  UpdateEventBus: updateEventBus,
  DescribeEventBus: describeEventBus,
  ListEventBuses: listEventBuses,
  DeleteEventBus: deleteEventBus,
  PutPermission: putPermission,
  RemovePermission: removePermission,
  PutRule: putRule,
  DescribeRule: describeRule,
  ListRules: listRules,
  ListRuleNamesByTarget: listRuleNamesByTarget,
  EnableRule: enableRule,
  DisableRule: disableRule,
  DeleteRule: deleteRule,
  PutTargets: putTargets,
  RemoveTargets: removeTargets,
  ListTargetsByRule: listTargetsByRule,
  PutEvents: putEvents,
  TestEventPattern: testEventPattern,
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsForResource: listTagsForResource,
  CreateConnection: createConnection,
  UpdateConnection: updateConnection,
  DescribeConnection: describeConnection,
  ListConnections: listConnections,
  DeauthorizeConnection: deauthorizeConnection,
  DeleteConnection: deleteConnection,
  CreateApiDestination: createApiDestination,
  UpdateApiDestination: updateApiDestination,
  DescribeApiDestination: describeApiDestination,
  ListApiDestinations: listApiDestinations,
  DeleteApiDestination: deleteApiDestination,
  CreateArchive: createArchive,
  UpdateArchive: updateArchive,
  DescribeArchive: describeArchive,
  ListArchives: listArchives,
  DeleteArchive: deleteArchive,
  StartReplay: startReplay,
  DescribeReplay: describeReplay,
  ListReplays: listReplays,
  CancelReplay: cancelReplay,
};
