import { apiDestinations } from '../resources/api-destinations/api-destinations.js';
import { archives } from '../resources/archives/archives.js';
import { connections } from '../resources/connections/connections.js';
import { logGroups } from '../resources/log-groups/log-groups.js';
import { permissions } from '../resources/permissions/permissions.js';
import { queues } from '../resources/queues/queues.js';
import { replays } from '../resources/replays/replays.js';
import { resourcePolicies } from '../resources/resource-policies/resource-policies.js';
import { schedules } from '../resources/schedules/schedules-plugin.js';
import { tags } from '../resources/tags/tags.js';
import { inputTransformers } from '../resources/targets/input-transformers.js';
import { parameterTargets } from '../resources/targets/parameter-targets.js';
import { basePlugins } from './base-plugins.js';
import { diagnostics } from './diagnostics.js';
import { faults } from './faults.js';
import { history } from './history-plugin.js';
import { snapshots } from './snapshots.js';

/** The plugins of `createBridge` of `footbridge`. A new one is a folder, and a line here. */
const optional = () =>
  [
    permissions(),
    tags(),
    connections(),
    apiDestinations(),
    archives(),
    replays(),
    schedules(),
    queues(),
    logGroups(),
    inputTransformers(),
    parameterTargets(),
    resourcePolicies(),
    faults(),
    diagnostics(),
    snapshots(),
  ] as const;

export const allPlugins = (buses: readonly string[], historySize: number) =>
  [...basePlugins(buses), ...optional(), history(historySize)] as const;

export type AllPlugins = ReturnType<typeof allPlugins>;
