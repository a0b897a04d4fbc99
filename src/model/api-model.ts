import { apiDestinationModel } from './api-destination-model.js';
import { archiveModel } from './archive-model.js';
import { connectionModel } from './connection-model.js';
import { eventBusModel } from './event-bus-model.js';
import { permissionModel } from './permission-model.js';
import { putEventsModel } from './put-events-model.js';
import { replayModel } from './replay-model.js';
import { ruleModel } from './rule-model.js';
import type { Structure } from './shape.js';
import { tagModel } from './tag-model.js';
import { targetModel } from './target-model.js';

/**
 * The input of every operation: types, required members, lengths, patterns, ranges, as the AWS service model of
 * EventBridge says (api 2015-10-07, as shipped with botocore 1.43.107). The order of members is the model's: errors are
 * listed in it.
 */
export const apiModel = {
  ...eventBusModel,
  ...permissionModel,
  ...ruleModel,
  ...targetModel,
  ...putEventsModel,
  ...tagModel,
  ...connectionModel,
  ...apiDestinationModel,
  ...archiveModel,
  ...replayModel,
} as const satisfies Record<string, Structure>;
