/** Taken when this module loads: a test may fake them. */
const { performance } = globalThis;
const { now } = performance;

const usual = 4000;
const longest = 5000;
/** What a test needs to fail with what it was told. */
const margin = 500;

/**
 * How long `idle` and its like wait within a test, in milliseconds of real time: 5 s, but no longer than the test has, or it would
 * die of its timeout and nobody be told what runs. In whole half seconds, for a message that is the same each time. Where the
 * timeout is not known it is 4 s, less than the 5 s that vitest gives a test. So it is after the test, but for one that has
 * failed, of which most is known.
 */
export function patienceWithin(task: unknown): { readonly left: () => number; readonly end: () => void } {
  const timeout = timeoutOf(task);
  const start = now.call(performance);
  let isOver = false;
  return {
    left: () => {
      if (isOver) return hasFailed(task) ? margin : usual;
      if (timeout === undefined) return usual;
      const left = timeout - (now.call(performance) - start);
      const most = Math.min(longest, left - margin);
      return most >= margin ? Math.floor(most / margin) * margin : Math.max(Math.floor(left / 20) * 10, 0);
    },
    end: () => {
      isOver = true;
    },
  };
}

function hasFailed(task: unknown): boolean {
  return ((task ?? {}) as { readonly result?: { readonly state?: unknown } }).result?.state === 'fail';
}

/** As vitest tells it of a test; 0 is none. */
function timeoutOf(task: unknown): number | undefined {
  const { timeout } = (task ?? {}) as { readonly timeout?: unknown };
  if (typeof timeout !== 'number' || Number.isNaN(timeout)) return undefined;
  return timeout <= 0 ? Number.POSITIVE_INFINITY : timeout;
}
