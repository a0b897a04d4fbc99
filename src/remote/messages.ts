import type { RetryPolicy } from '../model/target.js';

import type { TargetAddress } from '../targets/handler-context.js';
import type { HandlerOptions } from '../targets/handlers.js';

/*
 * A connection is one answer to a POST that does not end: a line of JSON for each message down. What goes up are POSTs to
 * `connections/<id>/<verb>`.
 */

/** What a connecting process says of itself. */
export interface ConnectRequest {
  /** Milliseconds between the signs of life that it wants to send and to get. */
  readonly heartbeat: number;
  /** The connection it had before, which the server may not have missed yet. */
  readonly replaces?: string | undefined;
}

/** Puts a function behind a name. */
export interface HandleRequest extends HandlerOptions {
  readonly name: string;
}

/** Subscribes. */
export interface OnRequest extends HandlerOptions {
  readonly pattern: string | object;
  readonly bus?: string | undefined;
  readonly name?: string | undefined;
  readonly retryPolicy?: RetryPolicy | undefined;
}

/** What is put on the bridge, under the client's own name for it. */
export type RegistrationRequest = { readonly registration: string } & (HandleRequest | OnRequest);

/** What a function is told of the attempt it is called for. */
export interface CallDetails extends TargetAddress {
  readonly eventId: string;
  readonly attempt: number;
  readonly traceHeader: string | undefined;
  readonly partitionKey?: string | undefined;
  /** Milliseconds until the attempt has taken too long. */
  readonly remaining: number;
}

/** What the server sends, line by line. */
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
  /** Nobody waits for this delivery any more. */
  | { readonly kind: 'abort'; readonly id: number }
  | { readonly kind: 'heartbeat' }
  /** No delivery follows. The stream ends when the process has said that it has `left`, and has settled everything. */
  | { readonly kind: 'goodbye' };

/** What became of one delivery. */
export interface Settlement {
  readonly id: number;
  /** What the handler threw; absent if it did not. */
  readonly error?: ThrownError | undefined;
}

/** What a handler threw, as far as it can be told in JSON. `code` and what follows are those of a `TargetError`. */
export interface ThrownError {
  readonly message: string;
  readonly name?: string | undefined;
  readonly stack?: string | undefined;
  readonly code?: string | undefined;
  readonly retryable?: boolean | undefined;
  /** Milliseconds. */
  readonly retryAfter?: number | undefined;
}

/** How many deliveries of one registration are under way at once, if it does not say. */
export const defaultConcurrency = 100;
export const maxConcurrency = 1000;

/** Several times what the largest event comes to, escaped twice. */
const maxLineLength = 2 ** 26;

/**
 * The values of a stream of JSON lines; `heard` is called for whatever comes. Throws for what is no JSON, and for a line of
 * more than 67,108,864 characters.
 */
export async function* readJsonLines(stream: ReadableStream<Uint8Array>, heard: () => void): AsyncGenerator<unknown> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  // Kept in pieces until its end comes: adding to one text again and again would be quadratic.
  let begun: string[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    heard();
    const [first = '', ...more] = decoder.decode(part.value, { stream: true }).split('\n');
    begun.push(first);
    length += first.length;
    if (length > maxLineLength) throw new Error(`The server sent a line of more than ${maxLineLength} characters.`);
    for (const next of more) {
      const line = begun.join('');
      if (line !== '') yield JSON.parse(line);
      begun = [next];
      length = next.length;
    }
  }
}
