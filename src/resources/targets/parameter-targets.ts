import type { Plugin } from '../../core/plugin.js';
import { ecsTargets } from '../../targets/ecs.js';
import { kinesisTargets } from '../../targets/kinesis.js';

/** Targets whose parameters decide whether an event can be delivered: Kinesis streams and ECS tasks. */
export function parameterTargets(): Plugin {
  return { name: 'parameterTargets', install: () => ({ targetKinds: [ecsTargets, kinesisTargets] }) };
}
