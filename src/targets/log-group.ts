import { type AccountRegion, makeArn, parseArn } from '../base/arn.js';
import { defineToString, pluralize } from '../base/describe.js';
import { Fifo } from '../base/fifo.js';
import { compactJson } from '../base/json/json-text.js';
import { invalid } from '../base/service-error.js';
import { delivered } from '../delivery/outcome.js';
import { type AttemptRequest, unlimited } from '../delivery/recipient.js';
import { JsonSlice } from '../inputs/json-slice.js';
import { preferHandler } from './function.js';
import type { TargetKind } from './target-kind.js';

/**
 * One entry of a log group. Of a body `{"timestamp": …, "message": …}`, the form in which CloudWatch Logs takes an
 * entry, it is these two; of every other the whole body and the event's time.
 */
export interface LogEvent {
  /** Epoch milliseconds: the event's time, or what the body says, as a number of them or an ISO 8601 text. */
  readonly timestamp: number;
  /** What the target received, or the `message` in it: a string as it is, anything else as its JSON text. */
  readonly message: string;
}

/** A log group of CloudWatch that rules write into. */
export interface LogGroup {
  /** The name in its ARN. */
  readonly name: string;
  /** Its ARN. */
  readonly arn: string;
  /** The last 10,000 entries, the oldest first. */
  readonly events: readonly LogEvent[];
}

/** A log group as a snapshot has it. */
export type SavedLogGroup = Pick<LogGroup, 'arn' | 'events'>;

const maxKept = 10_000;

export class InMemoryLogGroup implements LogGroup {
  readonly name: string;
  readonly arn: string;
  readonly #events = new Fifo<LogEvent>();

  constructor(arn: string) {
    this.arn = arn;
    this.name = arn.split(':log-group:')[1] ?? arn;
    const { name } = this;
    const count = () => this.#events.size;
    defineToString(
      this,
      () => `Log group ${name}: ${pluralize(count(), 'event')}`,
      () => ({ name, arn, events: count() }),
    );
  }

  get events(): readonly LogEvent[] {
    return this.#events.items();
  }

  save(): SavedLogGroup {
    return { arn: this.arn, events: this.events };
  }

  /** Makes an empty log group what it was when it was saved. */
  load({ events }: SavedLogGroup): void {
    for (const event of events) this.#events.add(Object.freeze(event));
  }

  write(body: string, eventTime: number): void {
    this.#events.add(Object.freeze(readEntry(body) ?? { timestamp: eventTime, message: body }));
    if (this.#events.size > maxKept) this.#events.dequeue();
  }
}

const entryStart = /^\s*\{\s*"(?:timestamp|message)"/u;

/** What a body of the form of an entry says; `undefined` for every other body. */
function readEntry(body: string): LogEvent | undefined {
  if (!entryStart.test(body)) return undefined;
  const { members } = new JsonSlice(compactJson(body));
  const [time, message] = [members.get('timestamp'), members.get('message')];
  if (members.size !== 2 || time === undefined || message === undefined) return undefined;
  const timestamp = /^["\d]/u.test(time.text) ? new Date(JSON.parse(time.text)).getTime() : Number.NaN;
  if (Number.isNaN(timestamp)) return undefined;
  return { timestamp, message: message.text.startsWith('"') ? JSON.parse(message.text) : message.text };
}

const logGroupName = /^[.\-_/#A-Za-z0-9]{1,512}$/;
/** A group, not one of its streams. */
const logGroupResource = /^log-group:[.\-_/#A-Za-z0-9]{1,512}(?::\*)?$/;

/** The log groups of a bridge. Each exists from when it is first named. */
export class LogGroups {
  readonly #home: AccountRegion;
  readonly #groups = new Map<string, InMemoryLogGroup>();

  constructor(home: AccountRegion) {
    this.#home = home;
  }

  get arns(): readonly string[] {
    return [...this.#groups.keys()];
  }

  /** Throws a ValidationException for what does not name a log group. */
  get(arnOrName: string): InMemoryLogGroup {
    const isName = typeof arnOrName === 'string' && !arnOrName.startsWith('arn:') && logGroupName.test(arnOrName);
    const arn = isName ? makeArn(this.#home, 'logs', `log-group:${arnOrName}`) : arnOrName;
    if (!isLogGroupArn(arn)) throw invalid('A log group has a name such as "/aws/events/orders", or an ARN of it.');
    // The service itself writes both spellings.
    const bare = arn.replace(/:\*$/, '');
    const existing = this.#groups.get(bare);
    if (existing !== undefined) return existing;
    const group = new InMemoryLogGroup(bare);
    this.#groups.set(bare, group);
    return group;
  }

  save(): SavedLogGroup[] {
    return Array.from(this.#groups.values(), (group) => group.save());
  }

  load(groups: readonly SavedLogGroup[]): void {
    for (const saved of groups) this.get(saved.arn).load(saved);
  }
}

/** Log groups of CloudWatch. */
export function logGroupTargets(logGroups: LogGroups): TargetKind {
  return {
    accepts: isLogGroupArn,
    receiver: (target, host) => {
      const group = logGroups.get(target.arn);
      const attempt = ({ body, event }: AttemptRequest) => {
        group.write(body, Date.parse(event.fields.time));
        return delivered;
      };
      return preferHandler({ attemptOptions: unlimited, attempt }, target, host);
    },
  };
}

function isLogGroupArn(text: unknown): text is string {
  const arn = typeof text === 'string' ? parseArn(text) : undefined;
  return arn?.service === 'logs' && logGroupResource.test(arn.resource);
}
