/** One entry of PutEvents, as the AWS API has it. */
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

/** What became of one entry: an id, or a code and a sentence. */
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
  /** One for each entry of the request, in its order. */
  Entries: PutEventsResultEntry[];
}
