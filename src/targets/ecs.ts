import { parseArn } from '../base/arn.js';
import { compactJson } from '../base/json/json-text.js';
import type { AttemptRequest } from '../delivery/recipient.js';
import { JsonSlice } from '../inputs/json-slice.js';
import { handlerReceiver } from './function.js';
import type { TargetKind } from './target-kind.js';

/**
 * ECS clusters. A handler receives the `overrides` of the RunTask call that EventBridge makes: captured are `containerOverrides`,
 * and `{}` where the input has other members or there is none. That the other members of a TaskOverride are passed on as
 * well is Footbridge's choice.
 */
export const ecsTargets: TargetKind = {
  accepts: (arn) => parseArn(arn)?.service === 'ecs',
  receiver: (target, host) => {
    const hasInput = (target.Input ?? target.InputTransformer) !== undefined;
    const settings = ({ body }: AttemptRequest) => ({ body: hasInput ? overridesOf(body) : '{}' });
    return handlerReceiver(target, host, { settings });
  },
};

const overrideMembers = [
  'containerOverrides',
  'cpu',
  'ephemeralStorage',
  'executionRoleArn',
  'inferenceAcceleratorOverrides',
  'memory',
  'taskRoleArn',
];

function overridesOf(body: string): string {
  const members = new JsonSlice(compactJson(body)).members;
  const overrides = overrideMembers.flatMap((name) => {
    const value = members.get(name);
    return value === undefined ? [] : [`${JSON.stringify(name)}:${value.text}`];
  });
  return `{${overrides.join(',')}}`;
}
