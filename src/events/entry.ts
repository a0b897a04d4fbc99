import { utf8Length } from '../base/json/json-text.js';

/** One entry of a PutEvents request. */
export interface PutEventsRequestEntry {
  /** Who sends the event. Required; must not begin with `aws.`. */
  readonly Source?: string | undefined;
  /** What kind of event it is. Required; at most 128 characters. */
  readonly DetailType?: string | undefined;
  /** The event itself: the text of a JSON object. Required. */
  readonly Detail?: string | undefined;
  /** What the event is about; the `resources` of the envelope. */
  readonly Resources?: readonly string[] | undefined;
  /** Name or ARN of the bus; `default` if absent. */
  readonly EventBusName?: string | undefined;
  /** When it happened: a Date, epoch seconds, or an RFC 3339 text. Cut to whole seconds. The time of the call if absent. */
  readonly Time?: Date | number | string | undefined;
  /** An X-Ray trace header, carried to the targets; a malformed one is dropped silently. */
  readonly TraceHeader?: string | undefined;
}

/** The input of PutEvents. */
export interface PutEventsRequest {
  /** One to ten entries. */
  readonly Entries: readonly PutEventsRequestEntry[] | undefined;
  /** A global endpoint. Its shape is checked; a Bridge is everywhere at once, so it changes nothing. */
  readonly EndpointId?: string | undefined;
}

/** The result of one entry: an event id, or an error code and message. */
export interface PutEventsResultEntry {
  /** The id of the event, if the entry was accepted. */
  EventId?: string;
  /** Why it was not: `InvalidArgument`, `MalformedDetail`, `NotAuthorizedForSourceException`, `ThrottlingException`. */
  ErrorCode?: string;
  /** The same in a sentence. */
  ErrorMessage?: string;
}

/** The output of PutEvents. */
export interface PutEventsResponse {
  /** How many of `Entries` have an `ErrorCode`; always there. */
  FailedEntryCount: number;
  /** One for each entry of the request, in order. */
  Entries: PutEventsResultEntry[];
}

const timeSize = 14;
/** Maximum number of UTF-8 bytes of one UTF-16 code unit. */
const maxBytesPerUnit = 3;

/**
 * The size of an entry in bytes, as the user guide counts it: 14 for a Time, and the UTF-8 lengths of Source,
 * DetailType, Detail and each of Resources. Bus name and trace header are free.
 */
export function entrySize(entry: PutEventsRequestEntry): number {
  let size = entry.Time === undefined ? 0 : timeSize;
  size += utf8Length(entry.Source ?? '') + utf8Length(entry.DetailType ?? '') + utf8Length(entry.Detail ?? '');
  for (const resource of entry.Resources ?? []) size += utf8Length(resource);
  return size;
}

/** Whether the entries together are as large as a request must not be. Counts bytes only where the lengths leave it open. */
export function isTooLarge(entries: readonly PutEventsRequestEntry[], requestBytes: number): boolean {
  let units = 0;
  for (const { Source = '', DetailType = '', Detail = '', Resources } of entries) {
    units += timeSize + Source.length + DetailType.length + Detail.length;
    if (Resources !== undefined) for (const resource of Resources) units += resource.length;
  }
  if (units * maxBytesPerUnit < requestBytes) return false;
  return entries.reduce((sum, entry) => sum + entrySize(entry), 0) >= requestBytes;
}

/** Divides items into batches, in order. Each has at most `max.items` items and is smaller than `max.below`, unless it is one item. */
export function* toBatches<Item>(
  items: Iterable<Item>,
  sizeOf: (item: Item) => number,
  max: { readonly items: number; readonly below: number },
): Generator<Item[]> {
  let batch: Item[] = [];
  let size = 0;
  for (const item of items) {
    const added = sizeOf(item);
    if (batch.length === max.items || (batch.length > 0 && size + added >= max.below)) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(item);
    size += added;
  }
  if (batch.length > 0) yield batch;
}
