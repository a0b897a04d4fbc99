import { describeError } from '../base/describe.js';
import { type Anything, describeValue } from '../base/unknown-value.js';
import type { EventOptions } from '../events/publish-event.js';
import type { DetailOf, StandardSchema } from './detail-issues.js';
import type { EventDefinition, EventEntry } from './event-definition.js';

/** `defineEvent` for a given type of detail; the compiler infers source and detail-type. */
export type DefineEventWithDetail<Detail extends object> = <
  const Source extends string,
  const DetailType extends string,
>(
  source: Source,
  detailType: DetailType,
) => EventDefinition<Source, DetailType, Detail>;

/**
 * Defines a kind of event once for its senders and receivers.
 *
 * The detail's type is the input type of a schema, or a type argument in a call of its own:
 * `defineEvent<Order>()('com.shop', 'Order Placed')`. In one call, `defineEvent<Order>('com.shop', 'Order Placed')`, the types of
 * source and detail-type are `string`. A schema describes JSON: use `z.iso.datetime()`, not `z.date()`.
 *
 * @throws {TypeError} when source or detail-type is not a string or is empty, or the schema has no `~standard.validate`.
 */
export function defineEvent<const Source extends string, const DetailType extends string>(
  source: Source,
  detailType: DetailType,
): EventDefinition<Source, DetailType>;
export function defineEvent<Detail extends object = Anything>(): DefineEventWithDetail<Detail>;
export function defineEvent<Detail extends object, Source extends string = string, DetailType extends string = string>(
  source: Source,
  detailType: DetailType,
): EventDefinition<Source, DetailType, Detail>;
export function defineEvent<
  const Source extends string,
  const DetailType extends string,
  Schema extends StandardSchema<object>,
>(source: Source, detailType: DetailType, schema: Schema): EventDefinition<Source, DetailType, DetailOf<Schema>>;
export function defineEvent(
  ...given: readonly [] | readonly [source: string, detailType: string, schema?: StandardSchema]
): EventDefinition | DefineEventWithDetail<Anything> {
  if (given.length === 0) return defineEvent;
  const [source, detailType, schema] = given;
  assertText('source', source);
  assertText('detailType', detailType);
  if (schema !== undefined && typeof schema?.['~standard']?.validate !== 'function') {
    throw new TypeError(
      `defineEvent: schema must be a Standard Schema, with ~standard.validate, but is ${describeValue(schema)}.`,
    );
  }
  const lists = Object.freeze({ source: Object.freeze([source]), 'detail-type': Object.freeze([detailType]) });
  const pattern = (detail?: object): object => (detail === undefined ? { ...lists } : { ...lists, detail });
  Object.assign(pattern, lists);
  // Not enumerable: a spread of the pattern is to have what its text has.
  Object.defineProperty(pattern, 'toJSON', { value: () => lists });
  const define = (detail: object, options?: EventOptions) => ({ ...options, source, detailType, detail });
  return Object.freeze(
    Object.assign(define, {
      source,
      detailType,
      schema,
      pattern: Object.freeze(pattern),
      entry: (detail: object, options?: EventOptions) => makeEntry(source, detailType, detail, options),
      is: (event: unknown) => hasKind(event, source, detailType),
    }),
  ) as unknown as EventDefinition<Anything, Anything>;
}

function assertText(name: string, value: unknown): void {
  if (typeof value === 'string' && value !== '') return;
  const actual = value === '' ? 'empty' : describeValue(value);
  throw new TypeError(`defineEvent: ${name} must be a string that is not empty, but is ${actual}.`);
}

function makeEntry(source: string, detailType: string, detail: object, options: EventOptions = {}): EventEntry {
  const { bus, time, resources, traceHeader } = options;
  return {
    Source: source,
    DetailType: detailType,
    Detail: toJson(detail, detailType),
    ...(bus === undefined ? {} : { EventBusName: bus }),
    ...(time === undefined ? {} : { Time: new Date(typeof time === 'number' ? time * 1000 : time) }),
    ...(resources === undefined ? {} : { Resources: [...resources] }),
    ...(traceHeader === undefined ? {} : { TraceHeader: traceHeader }),
  };
}

function toJson(detail: unknown, detailType: string): string {
  let reason = `it is ${describeValue(detail)}`;
  try {
    const text: string | undefined = JSON.stringify(detail);
    if (text !== undefined) return text;
  } catch (error) {
    reason = describeError(error).split('\n', 1)[0] as string;
  }
  throw new TypeError(`The detail of ${JSON.stringify(detailType)} cannot be serialized to JSON: ${reason}.`);
}

function hasKind(event: unknown, source: string, detailType: string): boolean {
  if (typeof event !== 'object' || event === null) return false;
  try {
    const envelope = event as { readonly source?: unknown; readonly 'detail-type'?: unknown };
    return envelope.source === source && envelope['detail-type'] === detailType;
  } catch {
    return false;
  }
}
