import type { Anything } from '../base/unknown-value.js';
import type { Envelope } from '../events/envelope.js';
import type { EventOptions, PublishEvent } from '../events/publish-event.js';
import type { StandardSchema } from './detail-issues.js';
import type { DetailPattern, Jsonify } from './detail-pattern.js';

/** A defined event, as a bridge uses it. */
export interface DefinedEvent {
  /** Who sends it. */
  readonly source: string;
  /** What kind of event it is. */
  readonly detailType: string;
  /** What its detail must be like as JSON; `undefined` where only the compiler knows. */
  readonly schema: StandardSchema | undefined;
}

/**
 * One kind of event: its source, its detail-type and the type of its detail. Called with a detail, it returns the event for
 * `publish`. What is checked against the schema is the detail's JSON, and it is sent as it was given: what the schema makes of
 * it is discarded, because the schema describes what is on the wire.
 */
export interface EventDefinition<
  Source extends string = string,
  DetailType extends string = string,
  Detail extends object = Anything,
> extends DefinedEvent {
  (detail: Detail, options?: EventOptions): PublishEvent<Source, DetailType, Detail>;

  readonly source: Source;
  readonly detailType: DetailType;

  /**
   * The pattern of all events of this kind; called, that of those whose detail fits too:
   * `pattern({ total: [{ numeric: ['>', 100] }] })`. Taken wherever Footbridge takes a pattern, and by `JSON.stringify`. Where
   * another library needs a plain object, `pattern()` is one. Spread it to add conditions: `{ ...pattern(), account: ['…'] }`.
   */
  readonly pattern: PatternFactory<Source, DetailType, Detail>;

  /**
   * Returns an entry of PutEvents for an SDK client. The detail is not validated here.
   *
   * @throws {TypeError} when the detail cannot be serialized to JSON.
   */
  entry(detail: Detail, options?: EventOptions): EventEntry;

  /** Whether an envelope has this source and detail-type. Its detail is not looked at. Never throws. */
  is(event: unknown): event is Envelope<DetailType, Jsonify<Detail>>;
}

/** `EventDefinition.pattern`: a pattern, and a function that narrows it. */
export interface PatternFactory<Source extends string, DetailType extends string, Detail>
  extends DefinedPattern<Source, DetailType, Detail> {
  (detail?: DetailPattern<Detail>): DefinedPattern<Source, DetailType, Detail>;
}

/** A pattern for one kind of event, as a plain object whose two lists are frozen. */
export interface DefinedPattern<Source extends string, DetailType extends string, Detail>
  extends TypedPattern<Envelope<DetailType, Jsonify<Detail>>> {
  /** The source of the event, alone in a list. */
  source: [Source];
  /** The detail-type of the event, alone in a list. */
  'detail-type': [DetailType];
  /** What the detail must be like; absent for any. */
  detail?: { [name: string]: Anything };
}

/** A pattern whose type carries the type of matching events. At run time it is an ordinary pattern. */
export interface TypedPattern<Event extends Envelope> {
  /** Never there at run time. */
  readonly '~event'?: Event;
}

/** A pattern as an object, whatever it holds; that of a defined event says by its type what matches it. */
export interface PatternObject<Event extends Envelope = Envelope> extends TypedPattern<Event> {
  readonly [member: string]: Anything;
}

/** An entry of PutEvents, as an SDK client takes it. */
export interface EventEntry {
  Source: string;
  DetailType: string;
  /** JSON text. */
  Detail: string;
  EventBusName?: string;
  Time?: Date;
  Resources?: string[];
  TraceHeader?: string;
}

/** The envelope of a defined event: `EventOf<typeof OrderPlaced>`. */
export type EventOf<Definition extends { readonly pattern: TypedPattern<Envelope> }> = NonNullable<
  Definition['pattern']['~event']
>;

/** What a bridge with these definitions publishes; anything, if it has none. */
export type PublishEventOf<Definition extends DefinedEvent> = [Definition] extends [never]
  ? PublishEvent
  : Definition extends (...args: never) => infer Event
    ? Event
    : PublishEvent;
