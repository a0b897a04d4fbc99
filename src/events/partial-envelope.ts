import type { AccountRegion } from '../base/arn.js';
import type { Clock } from '../base/clock/clock.js';
import { invalid, type ServiceError } from '../base/service-error.js';
import { describeValue } from '../base/unknown-value.js';
import { BusEvent } from './bus-event.js';
import { formatTime, readTime } from './envelope.js';
import { parseDetail } from './validate-entry.js';

/** An event as `inject` and `explain` take it: an envelope, of which only `source` and `detail-type` must be given. */
export interface PartialEnvelope {
  /** Any source, `aws.` ones too. */
  readonly source: string;
  readonly 'detail-type': string;
  /** `{}` if absent. */
  readonly detail?: object | undefined;
  /** Always `0`, whatever is given. */
  readonly version?: string | undefined;
  /** A new id if absent. */
  readonly id?: string | undefined;
  /** The bridge's if absent. */
  readonly account?: string | undefined;
  /** Now if absent; a Date, epoch seconds or an RFC 3339 text, cut to whole seconds. */
  readonly time?: string | number | Date | undefined;
  /** The bridge's if absent. */
  readonly region?: string | undefined;
  /** `[]` if absent. */
  readonly resources?: readonly string[] | undefined;
  /** `null` counts as absent: recorded envelopes have it where the event was not replayed. */
  readonly 'replay-name'?: string | null | undefined;
}

type Members = { readonly [Name in keyof PartialEnvelope]?: unknown };

/** Fills in the missing members of an envelope. Throws ValidationException if another member is invalid. */
export function completeEnvelope(
  context: { readonly home: AccountRegion; readonly clock: Clock; readonly ids: () => string },
  bus: string,
  input: PartialEnvelope,
): BusEvent {
  const event = copyOf(input);
  const text = (name: keyof PartialEnvelope, fallback?: () => string): string => {
    const value = event[name] ?? fallback?.();
    if (typeof value === 'string') return value;
    throw invalidEvent(`${name} must be a string, but is ${describeValue(value)}`);
  };
  const replayName = (event['replay-name'] ?? undefined) === undefined ? {} : { 'replay-name': text('replay-name') };
  const resources = event.resources ?? [];
  if (!Array.isArray(resources) || !resources.every((item) => typeof item === 'string')) {
    throw invalidEvent('resources must be a list of strings');
  }
  const seconds = event.time === undefined ? context.clock.now() / 1000 : readTime(event.time);
  if (seconds === undefined) throw invalidEvent('time must be a time such as 2026-01-02T03:04:05Z');
  const detail = parseDetail(JSON.stringify(event.detail ?? {}));
  if (detail === undefined) throw invalidEvent('detail must be a JSON object of at most 1,000 levels');
  const fields = {
    version: '0',
    id: text('id', context.ids),
    'detail-type': text('detail-type'),
    source: text('source'),
    account: text('account', () => context.home.account),
    time: formatTime(seconds),
    region: text('region', () => context.home.region),
    ...replayName,
    resources,
  };
  return new BusEvent(bus, fields, detail);
}

/** Copies by way of JSON text, so that later changes have no effect and no member can throw later. */
function copyOf(input: unknown): Members {
  let event: unknown;
  try {
    event = typeof input === 'object' ? JSON.parse(JSON.stringify(input)) : undefined;
  } catch {
    throw invalidEvent('it cannot be serialized to JSON');
  }
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    throw invalidEvent(`it must be an object, but is ${describeValue(input)}`);
  }
  return event as Members;
}

function invalidEvent(reason: string): ServiceError {
  return invalid(`The event is not valid: ${reason}.`);
}
