/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {number} [build] of which build it is, if of any
 * @property {number} [operations] how many operations one time is; 1
 * @property {boolean} [whole] every round is one time, whatever it takes
 * @property {() => unknown} [prepare] before each round, outside the clock; may answer a promise
 * @property {(times: number) => unknown} [work] answers, or promises, a number that depends on everything it did
 * @property {() => number} [sample] in the place of `work`, where it is timed elsewhere: nanoseconds
 *
 * @typedef {{ median: number, low: number, high: number }} Spread the median and the quartiles
 * @typedef {Contender & { samples: number[] }} Measured
 */

/** Folded from every answer, so that no compiler may leave the work out. */
export const sink = { value: 0 };

/**
 * Nanoseconds per operation, round by round: in every round each contender has its turn, so that what slows the machine for a
 * while slows them all; every other round runs backwards, so that nobody always follows the same one.
 *
 * @param {readonly Contender[]} contenders
 * @param {{ rounds: number, milliseconds: number }} pace
 * @returns {Promise<Measured[]>}
 */
export async function measureTime(contenders, { rounds, milliseconds }) {
  const times = [];
  for (const contender of contenders) {
    times.push(contender.sample === undefined ? await calibrate(contender, milliseconds * 1e6) : 1);
  }
  return takeTurns(contenders, rounds, async (contender, i) => {
    if (contender.sample !== undefined) return contender.sample();
    const taken = await timed(contender, times[i]);
    return taken / (times[i] * (contender.operations ?? 1));
  });
}

/**
 * Bytes of heap per operation that what `work` answers holds, round by round. Needs `--expose-gc`.
 *
 * @param {readonly Contender[]} contenders
 * @param {{ rounds: number }} pace
 * @returns {Promise<Measured[]>}
 */
export async function measureHeap(contenders, { rounds }) {
  if (globalThis.gc === undefined) throw new Error('Heap is measured with `node --expose-gc` only');
  return takeTurns(contenders, rounds, async ({ work, operations = 1 }) => {
    const before = heapUsed();
    const kept = await work(1);
    const bytes = heapUsed() - before;
    // Only now may it go.
    sink.value += kept.size ?? 1;
    return bytes / operations;
  });
}

/** @returns {Spread} */
export function spreadOf(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share) => {
    const place = (sorted.length - 1) * share;
    const below = sorted[Math.floor(place)];
    return below + (sorted[Math.ceil(place)] - below) * (place % 1);
  };
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

async function takeTurns(contenders, rounds, sample) {
  const measured = contenders.map((contender) => ({ ...contender, samples: [] }));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < measured.length; turn++) {
      const i = round % 2 ? measured.length - 1 - turn : turn;
      measured[i].samples.push(await sample(contenders[i], i));
    }
  }
  return measured;
}

/** How often to work in one round; also the warm-up. */
async function calibrate(contender, nanoseconds) {
  let taken = await timed(contender, 1);
  if (contender.whole || taken > 5 * nanoseconds) return 1;
  let times = 1;
  while (taken < nanoseconds) {
    times *= 2;
    taken = await timed(contender, times);
  }
  // What it took until now was taken by code not yet optimised.
  taken = await timed(contender, times);
  return Math.max(1, Math.round((times * nanoseconds) / taken));
}

async function timed({ work, prepare }, times) {
  if (prepare !== undefined) await prepare();
  const start = process.hrtime.bigint();
  const answer = await work(times);
  const taken = Number(process.hrtime.bigint() - start);
  if (!Number.isFinite(answer)) throw new Error('Work must answer a number');
  sink.value += answer;
  return taken;
}

function heapUsed() {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
