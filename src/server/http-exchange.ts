/** A request, whichever way it came: what `fetchHandler` and `serve` have in common. */
export interface HttpRequest {
  /** Upper case. */
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly isSecure: boolean;
  /** The name, and the port if there is one, that the client has asked. */
  readonly host: string | undefined;
  /** By its lower-case name. */
  header(name: string): string | undefined;
  readonly body: AsyncIterable<Uint8Array>;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** An answer, whichever way it goes. */
export interface HttpAnswer {
  readonly status: number;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** A stream has no length that could be told before. */
  readonly body: string | ReadableStream<Uint8Array>;
}
