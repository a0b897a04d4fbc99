import { systemClock } from '../../base/clock/clock.js';
import { invalid, isServiceError } from '../../base/service-error.js';
import { describeValue } from '../../base/unknown-value.js';
import type { BusEvent } from '../../events/bus-event.js';
import type { PutEventsRequestEntry } from '../../events/entry.js';
import { completeEnvelope, type PartialEnvelope } from '../../events/partial-envelope.js';
import { validateEntry } from '../../events/validate-entry.js';

/** An event that a producer emits: as `publish` takes it, as it is delivered, or as an entry of PutEvents. */
export type ContractEvent =
  | (Omit<PartialEnvelope, 'detail-type'> & {
      readonly 'detail-type'?: string | undefined;
      /** Instead of `detail-type`. */
      readonly detailType?: string | undefined;
      /** Name of the bus; any bus if absent. */
      readonly bus?: string | undefined;
    })
  | PutEventsRequestEntry;

/** An event with the name of its bus, if it names one, and what to call it. */
export interface NamedEvent {
  readonly label: string;
  readonly event: BusEvent;
  readonly bus: string | undefined;
}

const context = {
  home: { account: '123456789012', region: 'us-east-1' },
  clock: systemClock,
  ids: () => '00000000-0000-0000-0000-000000000000',
};

/** Completes an event. Throws a ValidationException for an invalid event, and for an entry that PutEvents rejects. */
export function namedEvent(given: ContractEvent, index: number): NamedEvent {
  const label = `events[${index}]`;
  try {
    const { bus, parts } = partsOf(copyOf(given));
    if (bus !== undefined && typeof bus !== 'string') throw invalid(`its bus is ${describeValue(bus)}, not a name`);
    const name = bus?.replace(/^arn:.*:event-bus\//, '');
    return { label, bus: name, event: completeEnvelope(context, name ?? 'default', parts) };
  } catch (error) {
    if (isServiceError(error)) throw invalid(`${label}: ${error.message}`);
    throw error;
  }
}

/** By way of JSON text: nothing of it can throw later. */
function copyOf(given: unknown): ContractEvent {
  let copy: unknown;
  try {
    copy = JSON.parse(JSON.stringify(given) ?? 'null');
  } catch {
    throw invalid('it cannot be serialized to JSON');
  }
  if (typeof copy === 'object' && copy !== null && !Array.isArray(copy)) return copy as ContractEvent;
  throw invalid(`an event is an object, not ${describeValue(given)}`);
}

function partsOf(given: ContractEvent): { bus: unknown; parts: PartialEnvelope } {
  if (!('Source' in given || 'DetailType' in given || 'Detail' in given)) {
    const { bus, detailType, ...parts } = given as Exclude<ContractEvent, PutEventsRequestEntry>;
    return { bus, parts: { ...parts, 'detail-type': parts['detail-type'] ?? detailType } as PartialEnvelope };
  }
  const { Source, DetailType, Detail, Resources, Time, EventBusName } = given as PutEventsRequestEntry;
  for (const [name, value] of Object.entries({ Source, DetailType, Detail })) {
    if (value !== undefined && typeof value !== 'string') throw invalid(`${name} is ${describeValue(value)}, not text`);
  }
  const detail = validateEntry({ Source, DetailType, Detail });
  if ('ErrorCode' in detail) throw invalid(`PutEvents rejects it: ${detail.ErrorCode}: ${detail.ErrorMessage}`);
  const parts = { source: Source, 'detail-type': DetailType, resources: Resources, time: Time, detail: detail.value };
  return { bus: EventBusName, parts: parts as PartialEnvelope };
}
