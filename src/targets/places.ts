import { type Home, makeArn, parseArn } from '../base/arn.js';
import type { Clock } from '../base/clock/clock.js';
import { invalid } from '../base/service-error.js';
import { EventLog, type SavedLogGroup } from './log-group.js';
import { MessageQueue, type SavedQueue } from './queue.js';

const queueName = /^[a-zA-Z0-9-_]{1,80}(?:\.fifo)?$/;
const logGroupName = /^[.\-_/#A-Za-z0-9]{1,512}$/;
/** A group, not one of its streams. */
const logGroupResource = /^log-group:[.\-_/#A-Za-z0-9]{1,512}(?::\*)?$/;

/** The queues and log groups of a bridge as a snapshot has them. */
export interface SavedPlaces {
  readonly queues: readonly SavedQueue[];
  readonly logGroups: readonly SavedLogGroup[];
}

/** The queues and log groups of a bridge: each is there from when it is first named. */
export class Places {
  readonly #home: Home;
  readonly #clock: Clock;
  readonly #queues = new Map<string, MessageQueue>();
  readonly #logs = new Map<string, EventLog>();

  constructor(home: Home, clock: Clock) {
    this.#home = home;
    this.#clock = clock;
  }

  /** ARNs of all queues and log groups. */
  get arns(): readonly string[] {
    return [...this.#queues.keys(), ...this.#logs.keys()];
  }

  save(): SavedPlaces {
    return {
      queues: Array.from(this.#queues.values(), (queue) => queue.save()),
      logGroups: Array.from(this.#logs.values(), (logs) => logs.save()),
    };
  }

  load({ queues, logGroups }: SavedPlaces): void {
    for (const saved of queues) this.queue(saved.arn).load(saved);
    for (const saved of logGroups) this.logs(saved.arn).load(saved);
  }

  /** Throws a ValidationException for what names no queue. */
  queue(arnOrName: string): MessageQueue {
    const arn = isText(arnOrName) && queueName.test(arnOrName) ? makeArn(this.#home, 'sqs', arnOrName) : arnOrName;
    if (!isQueueArn(arn)) throw invalid('A queue has a name such as "orders-dlq", or an ARN of SQS.');
    return found(this.#queues, arn, () => new MessageQueue(arn, this.#clock));
  }

  /** Throws a ValidationException for what names no log group. */
  logs(arnOrName: string): EventLog {
    const isName = isText(arnOrName) && !arnOrName.startsWith('arn:') && logGroupName.test(arnOrName);
    const arn = isName ? makeArn(this.#home, 'logs', `log-group:${arnOrName}`) : arnOrName;
    if (!isLogGroupArn(arn)) throw invalid('A log group has a name such as "/aws/events/orders", or an ARN of it.');
    // The service itself writes both spellings.
    const bare = arn.replace(/:\*$/, '');
    return found(this.#logs, bare, () => new EventLog(bare, this.#clock));
  }
}

export function isQueueArn(text: unknown): text is string {
  return isText(text) && parseArn(text)?.service === 'sqs';
}

export function isLogGroupArn(text: unknown): text is string {
  const arn = isText(text) ? parseArn(text) : undefined;
  return arn?.service === 'logs' && logGroupResource.test(arn.resource);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function found<Place>(places: Map<string, Place>, arn: string, make: () => Place): Place {
  const known = places.get(arn);
  if (known !== undefined) return known;
  const place = make();
  places.set(arn, place);
  return place;
}
