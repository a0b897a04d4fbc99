// What changes cost. Operation: one rule, from its JSON text.
import { makeEnvelope, makeIds } from './tools/events.js';
import { makePatterns } from './tools/patterns.js';
import { seededRandom } from './tools/random.js';
import { countRules } from './tools/show.js';

/** A round takes seconds. */
export const rounds = 7;

export function groups(quick) {
  const count = quick ? 200 : 100_000;
  return ['exact', 'prefix', 'everyday'].map((kind) => ({
    name: `${kind}, ${countRules(count)}`,
    kind,
    count,
  }));
}

export function prepare({ kind, count }) {
  const random = seededRandom(7);
  const events = Array.from({ length: 256 }, () => makeEnvelope(random));
  const ids = makeIds(random, events);
  return {
    kind,
    count,
    texts: events.map((event) => JSON.stringify(event)),
    patterns: makePatterns(kind, random, ids, count),
  };
}

export function floor({ count, patterns }) {
  const work = () => {
    const kept = new Map();
    for (let i = 0; i < count; i++) kept.set(i, JSON.parse(patterns[i]));
    return kept.size;
  };
  return [{ name: 'JSON.parse of the patterns, into a Map', operations: count, whole: true, work }];
}

export function subjects({ bridge: { createBridge }, patterns: { RuleIndex } }, { kind, count, texts, patterns }) {
  const fill = () => {
    const index = new RuleIndex();
    for (let i = 0; i < count; i++) index.add(i, patterns[i]);
    return index;
  };
  let full;
  const empty = () => {
    for (let i = 0; i < count; i++) full.delete(i);
    return full.size;
  };
  const contenders = [
    { name: 'RuleIndex.add', operations: count, whole: true, work: () => fill().size },
    {
      name: 'RuleIndex.delete',
      operations: count,
      whole: true,
      prepare: () => {
        full = fill();
      },
      work: empty,
    },
    { name: 'delete and add again', work: churn(fill(), patterns) },
    { name: 'delete, add again, match one event', work: churn(fill(), patterns, texts) },
  ];
  if (kind !== 'everyday') return contenders;
  let bridge;
  const limits = { rulesPerBus: count, wildcardRulesPerBus: count };
  const prepare = () => {
    bridge = createBridge({ limits });
  };
  const putRules = async () => {
    for (let i = 0; i < count; i++) await bridge.putRule({ Name: `rule-${i}`, EventPattern: patterns[i] });
    return count;
  };
  return [...contenders, { name: 'bridge.putRule', operations: count, whole: true, prepare, work: putRules }];
}

export function others({ patterns: { compilePattern } }, { count, patterns }) {
  const work = () => {
    const kept = new Map();
    for (let i = 0; i < count; i++) kept.set(i, compilePattern(patterns[i]));
    return kept.size;
  };
  return [{ name: 'compilePattern, into a Map', operations: count, whole: true, work }];
}

/** The rule that was not touched for longest leaves and comes back. */
function churn(index, patterns, texts) {
  let next = 0;
  return (times) => {
    let sum = 0;
    for (let i = 0; i < times; i++) {
      index.delete(next);
      index.add(next, patterns[next]);
      next = (next + 1) % patterns.length;
      if (texts !== undefined) sum += index.match(texts[next & 255]).length;
    }
    return sum + index.size;
  };
}
