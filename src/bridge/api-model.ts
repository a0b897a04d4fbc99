import type { Structure } from '../model/shape.js';
import { apiDestinationShapes } from '../resources/api-destinations/api-destination-record.js';
import { archiveShapes } from '../resources/archives/archive-record.js';
import { connectionShapes } from '../resources/connections/connection-shapes.js';
import { eventBusShapes } from '../resources/event-buses/event-bus-shapes.js';
import { eventShapes } from '../resources/events/event-shapes.js';
import { permissionShapes } from '../resources/permissions/permissions.js';
import { replayShapes } from '../resources/replays/replay-record.js';
import { ruleShapes } from '../resources/rules/rule-shapes.js';
import { tagShapes } from '../resources/tags/tags.js';
import { targetOperationShapes } from '../resources/targets/target-shapes.js';

/**
 * The input of every operation: types, required members, lengths, patterns, ranges, as the AWS service model of
 * EventBridge says (api 2015-10-07, as shipped with botocore 1.43.107). The order of members is the model's: errors are
 * listed in it.
 */
export const apiModel = {
  ...eventBusShapes,
  ...permissionShapes,
  ...ruleShapes,
  ...targetOperationShapes,
  ...eventShapes,
  ...tagShapes,
  ...connectionShapes,
  ...apiDestinationShapes,
  ...archiveShapes,
  ...replayShapes,
} as const satisfies Record<string, Structure>;
