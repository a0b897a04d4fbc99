import { listShape, membersShape, shapeOf, textShape } from '../../base/json/json-shape.js';
import type { BridgeAccess, Plugin, ServiceKey } from '../../core/plugin.js';
import { type LogGroup, LogGroups, logGroupTargets, type SavedLogGroup } from '../../targets/log-group.js';

/** The log groups of a bridge. */
export interface LogGroupAccess {
  /**
   * Returns a log group by its name or ARN, created by whatever names it first.
   *
   * @throws {ValidationException} for what is not the name or ARN of a log group.
   */
  logs(arnOrName: string): LogGroup;
}

export const logGroupService: ServiceKey<{ readonly logGroups: LogGroups }> = { plugin: 'logGroups' };

const logEvent = membersShape({ timestamp: shapeOf(Number.isFinite, 'a number'), message: textShape });

/** CloudWatch log groups, as targets. */
export function logGroups(): Plugin<object, LogGroupAccess> {
  return {
    name: 'logGroups',
    state: { logGroups: listShape(membersShape({ arn: textShape, events: listShape(logEvent) })) },
    // The events of a log group can be read when the bridge is closed.
    members: ({ host }: BridgeAccess) => ({
      logs: (arnOrName) => host().require(logGroupService, 'A log group').logGroups.get(arnOrName),
    }),
    install: (host) => {
      const all = new LogGroups(host.home);
      return {
        service: { logGroups: all },
        targetKinds: [logGroupTargets(all)],
        save: () => ({ logGroups: all.save() }),
        load: (state: { readonly logGroups: readonly SavedLogGroup[] }) => all.load(state.logGroups),
      };
    },
  };
}
