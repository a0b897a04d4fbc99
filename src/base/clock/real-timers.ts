/**
 * The timers of the runtime, taken when this module loads: what guards a test must go on while a test library's
 * fake timers stand in the globals.
 */
const { setTimeout, clearTimeout, MessageChannel } = globalThis;

/** Ten times faster than a channel, where there is one, and unless this module loads while a fake stands in its place. */
const setImmediate = realImmediate();

const longest = 2 ** 31 - 1;

/** Calls back after so many milliseconds of real time, unless the answer is called before; for Infinity, never. */
export function startTimer(milliseconds: number, callback: () => void): () => void {
  // Above this length timers of the runtime fire at once.
  if (milliseconds > longest) return () => {};
  const timer = setTimeout.call(globalThis, callback, milliseconds);
  return () => clearTimeout.call(globalThis, timer);
}

/** Calls back in the next turn of the event loop, after everything that already waits for its turn. */
export function nextTurn(callback: () => void): void {
  if (setImmediate !== undefined) {
    setImmediate.call(globalThis, callback);
    return;
  }
  const { port1, port2 } = new MessageChannel();
  const receiver: { onmessage?: unknown; close(): void } = port1;
  receiver.onmessage = () => {
    receiver.close();
    callback();
  };
  port2.postMessage(null);
}

/** Resolves after everything else that waits for its turn, timers and answers of the system too, has had one. */
export function fullTurn(): Promise<void> {
  // The second is asked for while the first has its turn: in between the event loop goes all the way round.
  return new Promise((resolve) => nextTurn(() => nextTurn(resolve)));
}

function realImmediate(): ((callback: () => void) => unknown) | undefined {
  const { setImmediate } = globalThis as { setImmediate?: ((callback: () => void) => unknown) & { clock?: unknown } };
  // The fakes of vitest, jest and sinon carry their clock.
  return setImmediate?.clock === undefined ? setImmediate : undefined;
}
