/**
 * The timers of the runtime: timeouts of tests must work while a test library has replaced the global timers by fakes. They are
 * read when this module loads, or later if the globals are fakes then. If all are fakes, `AbortSignal.timeout` is used, which no
 * library fakes. Runtimes may lack any of them.
 */
interface Timers {
  readonly setTimeout: (callback: () => void, milliseconds: number) => unknown;
  readonly clearTimeout: (timer: unknown) => void;
}

let timers = realTimers();
/** Ten times faster than a channel, where the runtime has it. */
const setImmediate = real((globalThis as { setImmediate?: (callback: () => void) => unknown }).setImmediate);
const { MessageChannel } = globalThis;

const maxTimeout = 2 ** 31 - 1;

/** Calls back after a number of milliseconds of real time, unless the returned function is called first; for Infinity, never. */
export function startTimer(milliseconds: number, callback: () => void): () => void {
  // Above this length timers of the runtime fire at once.
  if (milliseconds > maxTimeout) return () => {};
  timers ??= realTimers();
  if (timers === undefined) return startSignal(milliseconds, callback);
  const { setTimeout, clearTimeout } = timers;
  const timer = setTimeout.call(globalThis, callback, milliseconds);
  return () => clearTimeout.call(globalThis, timer);
}

/** Calls back in the next turn of the event loop, after everything that already waits for its turn. */
export function nextTurn(callback: () => void): void {
  if (setImmediate !== undefined) {
    setImmediate.call(globalThis, callback);
    return;
  }
  if (MessageChannel === undefined) {
    startTimer(0, callback);
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

/** Resolves after a whole turn of the event loop, in which due timers and I/O callbacks have run. */
export function nextFullTurn(): Promise<void> {
  // The second is asked for while the first has its turn: in between the event loop goes all the way round.
  return new Promise((resolve) => nextTurn(() => nextTurn(resolve)));
}

function realTimers(): Timers | undefined {
  const { setTimeout, clearTimeout } = globalThis as unknown as Timers;
  return real(setTimeout) === undefined ? undefined : { setTimeout, clearTimeout };
}

/** The fakes of vitest, Jest and Sinon carry their clock. */
function real<Timer extends object>(timer: (Timer & { clock?: unknown }) | undefined): Timer | undefined {
  return timer?.clock === undefined ? timer : undefined;
}

function startSignal(milliseconds: number, callback: () => void): () => void {
  const signal = AbortSignal.timeout(milliseconds);
  signal.addEventListener('abort', callback, { once: true });
  return () => signal.removeEventListener('abort', callback);
}
