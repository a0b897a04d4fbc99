import { makeArn, parseArn } from '../../base/arn.js';
import { listShape, membersShape, shapeOf, textShape } from '../../base/json/json-shape.js';
import { invalid } from '../../base/service-error.js';
import type { Host } from '../../core/host.js';
import type { BridgeAccess, Plugin, ServiceKey } from '../../core/plugin.js';
import { collector } from '../../targets/collector.js';
import { EventLog, type LogGroup, type SavedLogGroup } from '../../targets/log-group.js';

/** The log groups of a bridge. */
export interface LogGroupAccess {
  /**
   * A log group by its name or ARN, made by whatever names it first.
   *
   * @throws {ValidationException} for what is not the name or ARN of a log group.
   */
  logs(arnOrName: string): LogGroup;
}

interface LogGroupService {
  logGroup(arnOrName: string): EventLog;
}

const logGroupService: ServiceKey<LogGroupService> = { plugin: 'logGroups' };

const savedLogGroups = listShape(
  membersShape({
    arn: textShape,
    events: listShape(membersShape({ timestamp: shapeOf(Number.isFinite, 'a number'), message: textShape })),
  }),
);
const logGroupName = /^[.\-_/#A-Za-z0-9]{1,512}$/;
/** A group, not one of its streams. */
const logGroupResource = /^log-group:[.\-_/#A-Za-z0-9]{1,512}(?::\*)?$/;

/** CloudWatch log groups, as targets. */
export function logGroups(): Plugin<object, LogGroupAccess> {
  return {
    name: 'logGroups',
    state: { logGroups: savedLogGroups },
    // What is in a log group can be read when the bridge is closed.
    members: ({ host }: BridgeAccess) => ({
      logs: (arnOrName) => host().require(logGroupService, 'A log group').logGroup(arnOrName),
    }),
    install: (host) => {
      const byArn = new Map<string, EventLog>();
      const logGroup = (arnOrName: string): EventLog => {
        const arn = logGroupArn(host, arnOrName);
        const existing = byArn.get(arn) ?? new EventLog(arn, host.safeClock);
        byArn.set(arn, existing);
        return existing;
      };
      const service: LogGroupService = { logGroup };
      return {
        service,
        targetKinds: [
          {
            accepts: isLogGroupArn,
            receiver: ({ Arn }) => {
              const to = logGroup(Arn);
              return collector((body) => to.write(body));
            },
          },
        ],
        arns: () => [...byArn.keys()],
        save: () => ({ logGroups: Array.from(byArn.values(), (one) => one.save()) }),
        load: (state: { readonly logGroups: readonly SavedLogGroup[] }) => {
          for (const saved of state.logGroups) logGroup(saved.arn).load(saved);
        },
      };
    },
  };
}

function logGroupArn({ home }: Host, arnOrName: string): string {
  const isName = typeof arnOrName === 'string' && !arnOrName.startsWith('arn:') && logGroupName.test(arnOrName);
  const arn = isName ? makeArn(home, 'logs', `log-group:${arnOrName}`) : arnOrName;
  if (!isLogGroupArn(arn)) throw invalid('A log group has a name such as "/aws/events/orders", or an ARN of it.');
  // The service itself writes both spellings.
  return arn.replace(/:\*$/, '');
}

function isLogGroupArn(text: unknown): text is string {
  const arn = typeof text === 'string' ? parseArn(text) : undefined;
  return arn?.service === 'logs' && logGroupResource.test(arn.resource);
}
