import { makeArn, parseArn } from '../../base/arn.js';
import { countShape, listShape, mapShape, membersShape, textShape } from '../../base/json/json-shape.js';
import { invalid } from '../../base/service-error.js';
import type { Host } from '../../core/host.js';
import type { BridgeAccess, Plugin, ServiceKey } from '../../core/plugin.js';
import { type DeadLetterQueues, deadLetterQueues } from '../../core/recipients.js';
import { instant } from '../../core/record-shapes.js';
import { collector } from '../../targets/collector.js';
import { MessageQueue, type Queue, type SavedQueue } from '../../targets/queue.js';

/** The SQS queues of a bridge. */
export interface QueueAccess {
  /**
   * An SQS queue by its name or ARN. Whatever names it first makes it: a target, a DeadLetterConfig or this call.
   *
   * It takes dead letters, and what its targets receive unless `handle` has put a function before it.
   *
   * @throws {ValidationException} for what is not the name or ARN of a queue.
   */
  queue(arnOrName: string): Queue;
}

interface QueueService extends DeadLetterQueues {
  queue(arnOrName: string): MessageQueue;
}

const queueService: ServiceKey<QueueService> = deadLetterQueues as ServiceKey<QueueService>;

const savedQueues = listShape(
  membersShape({
    arn: textShape,
    sent: countShape,
    messages: listShape(
      membersShape(
        {
          id: textShape,
          body: textShape,
          attributes: mapShape(textShape),
          visibleAt: instant,
          receiveCount: countShape,
        },
        { messageGroupId: textShape },
      ),
    ),
  }),
);
const queueName = /^[a-zA-Z0-9-_]{1,80}(?:\.fifo)?$/;

/** SQS queues, as targets and for dead letters. */
export function queues(): Plugin<object, QueueAccess> {
  return {
    name: 'queues',
    state: { queues: savedQueues },
    // What lies in a queue can be read when the bridge is closed.
    members: ({ host }: BridgeAccess) => ({
      queue: (arnOrName) => host().require(queueService, 'A queue').queue(arnOrName),
    }),
    install: (host) => {
      const byArn = new Map<string, MessageQueue>();
      const queue = (arnOrName: string): MessageQueue => {
        const arn = queueArn(host, arnOrName);
        const existing = byArn.get(arn) ?? new MessageQueue(arn, host.safeClock);
        byArn.set(arn, existing);
        return existing;
      };
      const service: QueueService = {
        queue,
        deadLetterQueue: (arn) => {
          const to = queue(arn);
          return { arn: to.arn, send: ({ body, attributes }) => to.send(body, { ...attributes }) };
        },
      };
      return {
        service,
        targetKinds: [
          {
            accepts: isQueueArn,
            check: ({ Id, Arn, SqsParameters }) => {
              if (Arn.endsWith('.fifo') && SqsParameters?.MessageGroupId === undefined) {
                throw invalid(`Parameter(s) SqsParameters must be specified for target: ${Id}.`);
              }
            },
            receiver: ({ Arn, SqsParameters }) => {
              const to = queue(Arn);
              return collector((body) => to.send(body, {}, SqsParameters?.MessageGroupId));
            },
          },
        ],
        arns: () => [...byArn.keys()],
        save: () => ({ queues: Array.from(byArn.values(), (one) => one.save()) }),
        load: (state: { readonly queues: readonly SavedQueue[] }) => {
          for (const saved of state.queues) queue(saved.arn).load(saved);
        },
      };
    },
  };
}

function queueArn({ home }: Host, arnOrName: string): string {
  const isName = typeof arnOrName === 'string' && queueName.test(arnOrName);
  const arn = isName ? makeArn(home, 'sqs', arnOrName) : arnOrName;
  if (!isQueueArn(arn)) throw invalid('A queue has a name such as "orders-dlq", or an ARN of SQS.');
  return arn;
}

function isQueueArn(text: unknown): text is string {
  return typeof text === 'string' && parseArn(text)?.service === 'sqs';
}
