import { spreadOf } from './measure.js';

/** Two copies of one build were seen to differ by so much: by where their code and data lie. */
const luck = 0.05;

/**
 * How this build stands to the other, contender by contender, as what the other needs by what this one needs: 2 is twice as
 * fast, or half the bytes. It is noise if the spread over the rounds includes 1, or if it is as small as luck.
 *
 * @param {readonly import('./measure.js').Measured[]} measured
 */
export function compareBuilds(measured) {
  return measured
    .filter(({ build }) => build === 0)
    .flatMap(({ name, samples }) => {
      const other = measured.find((contender) => contender.build === 1 && contender.name === name);
      if (other === undefined) return [];
      const ratio = spreadOf(samples.map((sample, round) => other.samples[round] / sample));
      const isNoise = (ratio.low <= 1 && ratio.high >= 1) || Math.abs(Math.log(ratio.median)) < luck;
      return [{ name, ratio, verdict: isNoise ? 'noise' : ratio.median > 1 ? 'better' : 'worse' }];
    });
}
