/** An event to publish. */
export interface PublishEvent<
  Source extends string = string,
  DetailType extends string = string,
  Detail extends object = object,
> extends EventOptions {
  /** Who sends it; must not begin with `aws.`. */
  readonly source: Source;
  /** What kind of event it is; at most 128 characters. */
  readonly detailType: DetailType;
  /** The event itself. Its JSON text is taken when `publish` is called: members that are `undefined` vanish. */
  readonly detail: Detail;
}

/** Optional members of an event to publish. */
export interface EventOptions {
  /** Name or ARN of the bus; `default` if absent. */
  readonly bus?: string | undefined;
  /** What it is about. */
  readonly resources?: readonly string[] | undefined;
  /** When it happened: a Date, epoch seconds, or an RFC 3339 text. Now if absent. */
  readonly time?: Date | number | string | undefined;
  /** An X-Ray trace header. */
  readonly traceHeader?: string | undefined;
}
