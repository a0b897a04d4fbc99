const rounds = 21;
const roundNanoseconds = 20e6;

/**
 * Measures what the contenders need for one operation, in turn within every round, so that what slows the machine for a
 * while slows them all. A contender is `{ name, operations, work(times) }`: `work` may answer a promise, and one time is
 * `operations` operations. The first is what the others are compared with.
 *
 * Answers for each the median and the quartiles of nanoseconds per operation, and the median of its ratio to the first
 * within a round: 2 is twice as fast.
 */
export async function measure(contenders) {
  const times = [];
  for (const contender of contenders) times.push(await calibrate(contender));
  const samples = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, contender] of contenders.entries()) {
      samples[i].push((await timed(contender, times[i])) / (times[i] * contender.operations));
    }
  }
  return contenders.map(({ name }, i) => {
    const sorted = [...samples[i]].sort((a, b) => a - b);
    const ratios = samples[i].map((sample, round) => samples[0][round] / sample).sort((a, b) => a - b);
    return { name, median: at(sorted, 0.5), low: at(sorted, 0.25), high: at(sorted, 0.75), ratio: at(ratios, 0.5) };
  });
}

/** How often to work in one round; also the warm-up. */
async function calibrate(contender) {
  let times = 1;
  for (;;) {
    const taken = await timed(contender, times);
    if (taken > roundNanoseconds) return Math.max(1, Math.round((times * roundNanoseconds) / taken));
    times *= 2;
  }
}

async function timed({ work }, times) {
  const start = process.hrtime.bigint();
  await work(times);
  return Number(process.hrtime.bigint() - start);
}

function at(sorted, share) {
  return sorted[Math.round((sorted.length - 1) * share)];
}
