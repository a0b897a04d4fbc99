import { describeError } from '../base/describe.js';

/** What is used of a signal: the platform's, or the one of SDKs before 2023, which has `onabort` only. */
interface Signal {
  readonly aborted: boolean;
  readonly reason?: unknown;
  onabort?: unknown;
  addEventListener?(type: 'abort', listener: () => void): void;
  removeEventListener?(type: 'abort', listener: () => void): void;
}

/**
 * What the work comes to, unless the signal aborts first: then the rejection that the SDK's own request handlers give,
 * at once. A signal that has aborted already lets no work begin.
 */
export async function abortable<Result>(work: () => Promise<Result>, signal: object | undefined): Promise<Result> {
  if (signal === undefined || signal === null) return work();
  const given = signal as Signal;
  if (given.aborted) throw abortError(given);
  let stopListening = () => {};
  const aborted = new Promise<never>((_, reject) => {
    const abort = () => reject(abortError(given));
    if (typeof given.addEventListener === 'function') {
      given.addEventListener('abort', abort);
      stopListening = () => given.removeEventListener?.('abort', abort);
    } else {
      given.onabort = abort;
    }
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    stopListening();
  }
}

function abortError({ reason }: Signal): Error {
  const cause = reason instanceof Error ? { cause: reason } : undefined;
  const message = !reason || cause !== undefined ? 'Request aborted' : describeError(reason);
  return Object.assign(new Error(message, cause), { name: 'AbortError' });
}
