import { type AccountRegion, makeArn, parseArn } from '../base/arn.js';
import { type Clock, type Duration, maxInstant, readDuration } from '../base/clock/clock.js';
import { defineToString, pluralize } from '../base/describe.js';
import { invalid } from '../base/service-error.js';
import { type AttemptResult, createFailure, delivered } from '../delivery/outcome.js';
import { type AttemptRequest, type DeadLetterQueue, unlimited } from '../delivery/recipient.js';
import { preferHandler } from './function.js';
import type { ResourcePolicy } from './resource-policy.js';
import type { TargetKind } from './target-kind.js';

/** A message that lies in a queue. */
export interface QueueMessage {
  /** Of this message. */
  readonly id: string;
  /** What was sent: for an event of a rule, what the target was to receive. */
  readonly body: string;
  /**
   * Of a dead letter the message attributes that the service writes. `AWSTraceHeader`, in SQS a system attribute, is there if the
   * event has a trace header.
   */
  readonly attributes: Readonly<Record<string, string>>;
  /** The target's `SqsParameters.MessageGroupId`, if it has one. */
  readonly messageGroupId?: string | undefined;
}

/** A message as it is received. */
export interface ReceivedMessage extends QueueMessage {
  /** What `delete` takes: of the last time that the message was received. */
  readonly receiptHandle: string;
  /** How often it was received, this time counted. */
  readonly receiveCount: number;
}

/** How to receive messages. */
export interface ReceiveOptions {
  /** At most so many. 1. */
  readonly max?: number | undefined;
  /** How long they are hidden from others, on the bridge's clock. `'30s'`. */
  readonly visibilityTimeout?: Duration | undefined;
}

/**
 * An SQS queue of the bridge: the target of rules, or where dead letters go. Every one is a standard queue, also one that
 * is named `.fifo`: a message group holds nothing back, and of equal messages all are kept.
 */
export interface Queue {
  /** The name in its ARN. */
  readonly name: string;
  /** Its ARN. */
  readonly arn: string;
  /** Everything that lies in it, the oldest first, also what is hidden because it was received. */
  readonly messages: readonly QueueMessage[];
  /** Takes the oldest messages that are not hidden, and hides them. Throws `ValidationException` for wrong options. */
  receive(options?: ReceiveOptions): ReceivedMessage[];
  /** Deletes a message by its receipt handle. True if it was there and was not received again since. */
  delete(receiptHandle: string): boolean;
  /** Deletes all messages, and answers how many there were. */
  purge(): number;
}

/** How a queue of a bridge is set up. */
export interface QueueOptions {
  /**
   * Its resource-based policy, an object or JSON text. A queue with a policy takes only what the policy allows: otherwise a
   * delivery ends as `NO_PERMISSIONS`, and a dead letter is lost. A queue without one takes everything. Replaces an earlier policy.
   */
  readonly policy?: string | ResourcePolicy | undefined;
}

/** A queue as a snapshot has it. */
export interface SavedQueue {
  readonly arn: string;
  /** How many messages there have ever been. */
  readonly sent: number;
  readonly messages: readonly (QueueMessage & { readonly visibleAt: number; readonly receiveCount: number })[];
}

interface StoredMessage {
  readonly message: QueueMessage;
  visibleAt: number;
  receiveCount: number;
}

export class InMemoryQueue implements Queue {
  readonly name: string;
  readonly arn: string;
  readonly #clock: Clock;
  readonly #stored = new Map<string, StoredMessage>();
  #sent = 0;

  constructor(arn: string, clock: Clock) {
    this.arn = arn;
    this.name = arn.split(':').at(-1) ?? arn;
    this.#clock = clock;
    const { name } = this;
    const count = () => this.#stored.size;
    defineToString(
      this,
      () => `Queue ${name}: ${pluralize(count(), 'message')}`,
      () => ({ name, arn, messages: count() }),
    );
  }

  get messages(): readonly QueueMessage[] {
    return Array.from(this.#stored.values(), ({ message }) => message);
  }

  send(body: string, attributes: QueueMessage['attributes'] = {}, messageGroupId?: string): void {
    const id = `message-${++this.#sent}`;
    const group = messageGroupId === undefined ? {} : { messageGroupId };
    const message = Object.freeze({ id, body, attributes: Object.freeze({ ...attributes }), ...group });
    this.#stored.set(id, { message, visibleAt: 0, receiveCount: 0 });
  }

  receive(options?: ReceiveOptions): ReceivedMessage[] {
    const { max = 1, visibilityTimeout = '30s' } = options ?? {};
    const span = readDuration(visibilityTimeout);
    if (span === undefined || !Number.isInteger(max) || max < 1) {
      throw invalid('receive: max must be a whole number, 1 or more, and visibilityTimeout a duration such as "30s".');
    }
    const now = this.#clock.now();
    const received: ReceivedMessage[] = [];
    for (const stored of this.#stored.values()) {
      if (received.length === max) break;
      if (stored.visibleAt > now) continue;
      stored.visibleAt = Math.min(now + span, maxInstant);
      stored.receiveCount++;
      const { message, receiveCount } = stored;
      received.push({ ...message, receiveCount, receiptHandle: receiptHandleOf(stored) });
    }
    return received;
  }

  delete(receiptHandle: string): boolean {
    if (typeof receiptHandle !== 'string') return false;
    const [id = ''] = receiptHandle.split('/');
    const stored = this.#stored.get(id);
    if (stored === undefined || stored.receiveCount === 0 || receiptHandle !== receiptHandleOf(stored)) return false;
    return this.#stored.delete(id);
  }

  save(): SavedQueue {
    const messages = Array.from(this.#stored.values(), ({ message, visibleAt, receiveCount }) => {
      return { ...message, visibleAt, receiveCount };
    });
    return { arn: this.arn, sent: this.#sent, messages };
  }

  /** Makes an empty queue what it was when it was saved. */
  load({ sent, messages }: SavedQueue): void {
    this.#sent = sent;
    for (const { visibleAt, receiveCount, ...message } of messages) {
      Object.freeze(message.attributes);
      this.#stored.set(message.id, { message: Object.freeze(message), visibleAt, receiveCount });
    }
  }

  purge(): number {
    const count = this.#stored.size;
    this.#stored.clear();
    return count;
  }
}

/** Of the last time that the message was received. */
function receiptHandleOf({ message, receiveCount }: StoredMessage): string {
  return `${message.id}/${receiveCount}`;
}

const queueName = /^[a-zA-Z0-9-_]{1,80}(?:\.fifo)?$/;

/** The queues of a bridge. Each exists from when it is first named. */
export class Queues {
  readonly #home: AccountRegion;
  readonly #clock: Clock;
  readonly #queues = new Map<string, InMemoryQueue>();

  constructor(home: AccountRegion, clock: Clock) {
    this.#home = home;
    this.#clock = clock;
  }

  get arns(): readonly string[] {
    return [...this.#queues.keys()];
  }

  /** Throws a ValidationException for what does not name a queue. */
  get(arnOrName: string): InMemoryQueue {
    const isName = typeof arnOrName === 'string' && queueName.test(arnOrName);
    const arn = isName ? makeArn(this.#home, 'sqs', arnOrName) : arnOrName;
    const existing = this.#queues.get(arn);
    if (existing !== undefined) return existing;
    if (!isQueueArn(arn)) throw invalid('A queue has a name such as "orders-dlq", or an ARN of SQS.');
    const queue = new InMemoryQueue(arn, this.#clock);
    this.#queues.set(arn, queue);
    return queue;
  }

  save(): SavedQueue[] {
    return Array.from(this.#queues.values(), (queue) => queue.save());
  }

  load(queues: readonly SavedQueue[]): void {
    for (const saved of queues) this.get(saved.arn).load(saved);
  }
}

/** SQS queues. */
export function queueTargets(queues: Queues): TargetKind {
  return {
    accepts: isQueueArn,
    receiver: (target, host) => {
      const queue = queues.get(target.arn);
      const attempt = ({ body, event }: AttemptRequest): AttemptResult => {
        if (body === '') return { kind: 'failure', failure: emptyMessage };
        queue.send(body, traceAttributes(event.traceHeader), target.SqsParameters?.MessageGroupId);
        return delivered;
      };
      return preferHandler({ attemptOptions: unlimited, attempt }, target, host);
    },
  };
}

export function isQueueArn(text: unknown): text is string {
  return typeof text === 'string' && parseArn(text)?.service === 'sqs';
}

/** `mayReceive` says whether the policy of the queue lets EventBridge send. */
export function deadLetterQueue(queue: InMemoryQueue, mayReceive: () => boolean): DeadLetterQueue {
  return {
    arn: queue.arn,
    send: ({ body, attributes }) => {
      if (body === '' || !mayReceive()) return false;
      queue.send(body, { ...attributes });
      return true;
    },
  };
}

/** SQS takes no empty message, as a target and as a dead-letter queue: captured is that neither arrives. The code is a choice. */
const emptyMessage = createFailure(
  'handler',
  'INVALID_PARAMETER',
  'The request must contain the parameter MessageBody.',
);

function traceAttributes(traceHeader: string | undefined): QueueMessage['attributes'] {
  return traceHeader === undefined ? {} : { AWSTraceHeader: traceHeader };
}
