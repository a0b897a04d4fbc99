/// <reference lib="esnext.disposable" preserve="true" />

/** `Symbol.dispose`, also where the runtime does not have it yet. */
export const dispose: typeof Symbol.dispose = Symbol.dispose ?? (Symbol.for('Symbol.dispose') as never);

/** `Symbol.asyncDispose`, also where the runtime does not have it yet. */
export const asyncDispose: typeof Symbol.asyncDispose =
  Symbol.asyncDispose ?? (Symbol.for('Symbol.asyncDispose') as never);

/** Something that can be disposed, by a call or by `using`. */
export interface DisposableHandle {
  /** Ends it. A second call does nothing. */
  dispose(): void;
  /** The same, for `using`. */
  [Symbol.dispose](): void;
}

export function createDisposable(end: () => void): DisposableHandle {
  return { dispose: end, [dispose]: end };
}

/** Calls back once when the signal aborts, at once if it has. Returns a function that removes the callback. */
export function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
  if (signal?.aborted) callback();
  else signal?.addEventListener('abort', callback, { once: true });
  return () => signal?.removeEventListener('abort', callback);
}
