import type { RetryPolicy } from '../model/target.js';

import type { TargetAddress } from '../targets/handler-context.js';
import type { HandlerOptions } from '../targets/handlers.js';

/*
 * A connection is the endless response to one POST: a line of JSON for each message to the client. The client's calls are POSTs
 * to `connections/<id>/<method>`.
 */

/** Opens a connection. */
export interface ConnectRequest {
  /** Milliseconds between heartbeats, in both directions. */
  readonly heartbeat: number;
  /** The previous connection, whose end the server may not have noticed yet. */
  readonly replaces?: string | undefined;
}

/** Registers a handler. */
export interface HandleRequest extends HandlerOptions {
  readonly name: string;
}

/** Registers a subscription. */
export interface OnRequest extends HandlerOptions {
  readonly pattern: string | object;
  readonly bus?: string | undefined;
  readonly name?: string | undefined;
  readonly retryPolicy?: RetryPolicy | undefined;
}

/** Any registration, under an id of the client's. */
export type RegistrationRequest = { readonly registration: string } & (HandleRequest | OnRequest);

/** What a handler learns about the attempt. */
export interface CallDetails extends TargetAddress {
  readonly eventId: string;
  readonly attempt: number;
  readonly traceHeader: string | undefined;
  readonly partitionKey?: string | undefined;
  /** Milliseconds until the attempt times out. */
  readonly remaining: number;
}

/** A message of the server. */
export type ServerMessage =
  | { readonly kind: 'welcome'; readonly connection: string; readonly account: string; readonly region: string }
  /** `call` is absent for a subscription. */
  | {
      readonly kind: 'delivery';
      readonly id: number;
      readonly registration: string;
      readonly body: string;
      readonly call?: CallDetails;
    }
  /** The attempt of this delivery was cancelled. */
  | { readonly kind: 'abort'; readonly id: number }
  | { readonly kind: 'heartbeat' }
  /** No delivery follows. The stream ends when the process has called `goodbye-ack` and settled everything. */
  | { readonly kind: 'goodbye' };

/** The outcome of one delivery. */
export interface Settlement {
  readonly id: number;
  /** What the handler threw; absent if it returned. */
  readonly error?: ThrownError | undefined;
}

/** What a handler threw, as JSON. `code`, `retryable` and `retryAfter` are those of a `TargetError`. */
export interface ThrownError {
  readonly message: string;
  readonly name?: string | undefined;
  readonly stack?: string | undefined;
  readonly code?: string | undefined;
  readonly retryable?: boolean | undefined;
  /** Milliseconds. */
  readonly retryAfter?: number | undefined;
}

/** How many deliveries of one registration run at once, by default and at most. */
export const defaultConcurrency = 100;
export const maxConcurrency = 1000;

/** Several times the length of the largest event, escaped twice. */
const maxLineLength = 2 ** 26;

/**
 * Yields the values of a stream of JSON lines, and calls `onActivity` for each chunk. Throws for invalid JSON, and for a line of
 * more than 67,108,864 characters.
 */
export async function* readJsonLines(
  stream: ReadableStream<Uint8Array>,
  onActivity: () => void,
): AsyncGenerator<unknown> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  // In pieces until the line is complete: appending to one string again and again would be quadratic.
  let pieces: string[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    onActivity();
    const [first = '', ...more] = decoder.decode(part.value, { stream: true }).split('\n');
    pieces.push(first);
    length += first.length;
    if (length > maxLineLength) throw new Error(`The server sent a line of more than ${maxLineLength} characters.`);
    for (const next of more) {
      const line = pieces.join('');
      if (line !== '') yield JSON.parse(line);
      pieces = [next];
      length = next.length;
    }
  }
}
