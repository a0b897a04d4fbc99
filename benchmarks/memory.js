// What standing rules hold of the heap. Operation: one rule. The texts of the patterns are held anyway and not counted.
import { makeIds } from './tools/events.js';
import { makePatterns } from './tools/patterns.js';
import { seededRandom } from './tools/random.js';
import { countRules } from './tools/show.js';

export const metric = 'bytes';
export const rounds = 7;

export function groups(quick) {
  const counts = quick ? [200] : [10_000, 100_000];
  return ['exact', 'prefix', 'everyday'].flatMap((kind) =>
    counts.map((count) => ({ name: `${kind}, ${countRules(count)}`, kind, count })),
  );
}

export function prepare({ kind, count }) {
  const random = seededRandom(8);
  const ids = makeIds(random, []);
  return { kind, count, patterns: makePatterns(kind, random, ids, count) };
}

export function floor({ count, patterns }) {
  const work = () => new Map(patterns.map((pattern, i) => [i, JSON.parse(pattern)]));
  return [{ name: 'JSON.parse of the patterns, into a Map', operations: count, work }];
}

export function subjects({ bridge: { createBridge }, patterns: { RuleIndex } }, { kind, count, patterns }) {
  const fill = () => {
    const index = new RuleIndex();
    for (const [i, pattern] of patterns.entries()) index.add(i, pattern);
    return index;
  };
  const putRules = async () => {
    const bridge = createBridge({ limits: { rulesPerBus: count, wildcardRulesPerBus: count } });
    for (const [i, EventPattern] of patterns.entries()) await bridge.putRule({ Name: `rule-${i}`, EventPattern });
    return bridge;
  };
  const index = { name: 'RuleIndex', operations: count, work: fill };
  return kind === 'everyday' ? [index, { name: 'bridge with putRule', operations: count, work: putRules }] : [index];
}

export function others({ patterns: { compilePattern } }, { count, patterns }) {
  const work = () => new Map(patterns.map((pattern, i) => [i, compilePattern(pattern)]));
  return [{ name: 'compilePattern, into a Map', operations: count, work }];
}
