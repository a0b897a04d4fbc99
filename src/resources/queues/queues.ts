import { countShape, listShape, mapShape, membersShape, textShape } from '../../base/json/json-shape.js';
import { invalid } from '../../base/service-error.js';
import { anyPolicy, readCallOptions } from '../../core/call-options.js';
import type { BridgeAccess, Plugin, ServiceKey } from '../../core/plugin.js';
import type { DeadLetterQueues } from '../../core/recipients.js';
import { instant } from '../../core/record-shapes.js';
import {
  deadLetterQueue,
  type Queue,
  type QueueOptions,
  Queues,
  queueTargets,
  type SavedQueue,
} from '../../targets/queue.js';
import type { ResourcePolicies } from '../../targets/resource-policy.js';

/** The SQS queues of a bridge. */
export interface QueueAccess {
  /**
   * Returns an SQS queue by its name or ARN. Whatever names it first creates it: a target, a DeadLetterConfig or this call.
   *
   * It takes dead letters, and what its targets receive unless `handle` has registered a function for it.
   *
   * @throws {ValidationException} for what is not the name or ARN of a queue.
   */
  queue(arnOrName: string, options?: QueueOptions): Queue;
}

export interface QueueService extends DeadLetterQueues {
  readonly queues: Queues;
}

export const queueService: ServiceKey<QueueService> = { plugin: 'queues' };

/** The resource policies of a bridge, if it has any. */
export const resourcePolicies: ServiceKey<ResourcePolicies> = { plugin: 'resourcePolicies' };

const message = membersShape(
  { id: textShape, body: textShape, attributes: mapShape(textShape), visibleAt: instant, receiveCount: countShape },
  { messageGroupId: textShape },
);

/** SQS queues, as targets and for dead letters. */
export function queues(): Plugin<object, QueueAccess> {
  return {
    name: 'queues',
    state: { queues: listShape(membersShape({ arn: textShape, sent: countShape, messages: listShape(message) })) },
    // The messages of a queue can be read when the bridge is closed.
    members: ({ host }: BridgeAccess) => ({
      queue: (arnOrName, options) => {
        const { policy } = readCallOptions('queue', options, { policy: anyPolicy });
        const queue = host().require(queueService, 'A queue').queues.get(arnOrName);
        if (policy !== undefined) host().require(resourcePolicies, 'A policy').set(queue.arn, policy);
        return queue;
      },
    }),
    install: (host) => {
      const all = new Queues(host.home, host.safeClock);
      const service: QueueService = {
        queues: all,
        // A dead letter is sent by the service itself, whatever the role of the target.
        deadLetterQueue: (arn, ruleArn) => {
          const queue = all.get(arn);
          const call = { action: 'sqs:SendMessage', resource: queue.arn, role: undefined, ruleArn };
          return deadLetterQueue(queue, () => (host.find(resourcePolicies)?.decide(call) ?? 'allowed') === 'allowed');
        },
      };
      return {
        service,
        targetKinds: [
          {
            ...queueTargets(all),
            check: ({ Id, Arn, SqsParameters }) => {
              if (Arn.endsWith('.fifo') && SqsParameters?.MessageGroupId === undefined) {
                throw invalid(`Parameter(s) SqsParameters must be specified for target: ${Id}.`);
              }
            },
          },
        ],
        save: () => ({ queues: all.save() }),
        load: (state: { readonly queues: readonly SavedQueue[] }) => all.load(state.queues),
      };
    },
  };
}
