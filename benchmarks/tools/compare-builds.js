import { spreadOf } from './measure.js';

/**
 * How this build stands to the other in one process, contender by contender: what the other needs by what this one needs, round
 * by round. 2 is twice as fast, or half the bytes.
 *
 * @param {readonly import('./measure.js').Measured[]} measured
 */
export function compareBuilds(measured) {
  return measured
    .filter(({ build }) => build === 0)
    .flatMap(({ name, samples }) => {
      const other = measured.find((contender) => contender.build === 1 && contender.name === name);
      if (other === undefined) return [];
      return [{ name, ratio: spreadOf(samples.map((sample, round) => other.samples[round] / sample)).median }];
    });
}

/**
 * What several processes say together. Two copies of one build differ within a process by up to a fifth, by where code and data
 * happen to lie, and just as steadily as two builds do. So only what every process finds is more than noise.
 */
export function mergeComparisons(outcomes) {
  const [first] = outcomes;
  const groups = first.groups.map((group, i) => {
    const comparisons = group.comparisons.map(({ name }, j) => {
      const ratios = outcomes.map((outcome) => outcome.groups[i].comparisons[j].ratio);
      const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
      const verdict = low > 1.03 ? 'better' : high < 1 / 1.03 ? 'worse' : 'noise';
      return { name, ratio: { median: spreadOf(ratios).median, low, high }, verdict };
    });
    return { ...group, comparisons };
  });
  return { ...first, groups };
}
