import { randomIds } from '../base/random.js';
import type { HttpAnswer } from './http-exchange.js';

/**
 * An answer that is written piece by piece, each when the reader has room for it. `next` makes the next piece; `undefined`
 * ends it. `ending` aborts to end it, and is aborted when it has ended or the reader has left.
 */
export function streamAnswer(
  contentType: string,
  next: () => Promise<string | undefined>,
  ending: AbortController,
): HttpAnswer {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const piece = ending.signal.aborted ? undefined : await next();
      if (piece !== undefined) controller.enqueue(encoder.encode(piece));
      else {
        ending.abort();
        controller.close();
      }
    },
    cancel: () => ending.abort(),
  });
  const headers = {
    'x-amzn-requestid': randomIds(),
    'content-type': contentType,
    'cache-control': 'no-store',
    // Proxies are not to gather it.
    'x-accel-buffering': 'no',
  };
  return { status: 200, headers, body };
}
