import { services } from './events.js';
import { code, integer, pick } from './random.js';

/** The kinds of rule sets, and how each makes one pattern. `ids` are those that occur in the events. */
export const kinds = {
  /** One exact value of many; every second occurs. */
  exact: (random, ids, i) => ({ detail: { id: [i % 2 ? pick(random, ids) : code(random, 8)] } }),
  /** The beginning of one value, five to seven characters; every second is of one that occurs. */
  prefix: (random, ids, i) => {
    const value = i % 2 ? pick(random, ids) : code(random, 8);
    return { detail: { id: [{ prefix: value.slice(0, 5 + integer(random, 3)) }] } };
  },
  /** Source and detail-type, and in six of ten rules one more field, by each operator equally often. */
  everyday: (random) => makeEverydayPattern(random),
};

const operators = {
  exact: ({ listed }, random) => [listed.path, pick(random, listed.values)],
  'anything-but': ({ listed }, random) => [listed.path, { 'anything-but': [pick(random, listed.values)] }],
  prefix: ({ text }, random) => [text, { prefix: code(random, 1) }],
  suffix: ({ text }, random) => [text, { suffix: pick(random, ['.example', '.png', code(random, 2)]) }],
  'equals-ignore-case': ({ listed }, random) => [
    listed.path,
    { 'equals-ignore-case': pick(random, listed.values).toUpperCase() },
  ],
  wildcard: ({ text }, random) => [text, { wildcard: `*${code(random, 1)}*${code(random, 1)}*` }],
  numeric: ({ number }, random) => {
    const low = integer(random, number.most);
    return [number.path, { numeric: random() < 0.5 ? ['>', low] : ['>=', low, '<', low + number.most / 10] }];
  },
  cidr: ({ address }, random) => [address, { cidr: `10.${integer(random, 16) * 16}.0.0/12` }],
  'exists:true': ({ optional }) => [optional, { exists: true }],
  'exists:false': ({ optional }) => [optional, { exists: false }],
};

/** As many patterns of a kind as JSON text. The first of them are the same however many are asked for. */
export function makePatterns(kind, random, ids, count) {
  return Array.from({ length: count }, (_, i) => JSON.stringify(kinds[kind](random, ids, i)));
}

function makeEverydayPattern(random) {
  const { family, source, detailTypes } = pick(random, services);
  const pattern = { source: [source], 'detail-type': [pick(random, detailTypes)] };
  if (random() < 0.4) return pattern;
  const [path, leaf] = operators[pick(random, Object.keys(operators))](family, random);
  const names = path.split('.');
  return { ...pattern, detail: names.reduceRight((below, name) => ({ [name]: below }), [leaf]) };
}
