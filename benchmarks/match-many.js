// Many rules, one event. Operation: the ids of all rules that match one event.
import { EventEmitter } from 'eventemitter3';
import { makeEnvelope, makeIds } from './tools/events.js';
import { bySource, linearLoop } from './tools/loops.js';
import { makePatterns } from './tools/patterns.js';
import { seededRandom } from './tools/random.js';
import { findRival } from './tools/rival.js';
import { countRules } from './tools/show.js';

// More would take the rival minutes for each round.
const rivalMost = 10_000;
const mask = 1023;

export function groups(quick) {
  const counts = quick ? [1, 10, 100] : [1, 10, 100, 1000, 10_000, 100_000];
  return ['exact', 'prefix', 'everyday'].flatMap((kind) =>
    counts.map((count) => ({ name: `${kind}, ${countRules(count)}`, kind, count })),
  );
}

export function prepare({ kind, count }, { patterns: { RuleIndex } }) {
  const random = seededRandom(3);
  const texts = Array.from({ length: mask + 1 }, () => JSON.stringify(makeEnvelope(random)));
  const objects = texts.map((text) => JSON.parse(text));
  const ids = makeIds(random, objects);
  const patterns = makePatterns(kind, seededRandom(4), ids, count);
  const index = fill(RuleIndex, patterns);
  const wanted = texts.map((text) => index.match(text).length);
  const matches = wanted.reduce((sum, found) => sum + found, 0) / texts.length;
  return { kind, texts, objects, patterns, wanted, facts: { rules: count, matchesPerEvent: matches } };
}

export function floor({ texts }) {
  const parse = (times) => {
    let sum = 0;
    for (let i = 0; i < times; i++) sum += JSON.parse(texts[i & mask]).source.length;
    return sum;
  };
  return [{ name: 'JSON.parse', work: parse }];
}

export function subjects({ patterns: { RuleIndex } }, { texts, objects, patterns, wanted }) {
  const index = fill(RuleIndex, patterns);
  check('text', wanted, (i) => index.match(texts[i]).length);
  check('object', wanted, (i) => index.match(objects[i]).length);
  const matchText = (times) => {
    let sum = 0;
    for (let i = 0; i < times; i++) sum += index.match(texts[i & mask]).length;
    return sum;
  };
  const matchObject = (times) => {
    let sum = 0;
    for (let i = 0; i < times; i++) sum += index.match(objects[i & mask]).length;
    return sum;
  };
  return [
    { name: 'RuleIndex.match(text)', work: matchText },
    { name: 'RuleIndex.match(object)', work: matchObject },
  ];
}

export function others({ patterns: { compilePattern } }, { kind, objects, patterns, wanted }) {
  const compiled = patterns.map((pattern, id) => ({
    id,
    source: sourceOf(pattern),
    test: compilePattern(pattern).test,
  }));
  const loops = [['linear loop over compiled patterns, objects', linearLoop(compiled)]];
  if (kind === 'everyday') loops.push(['Map on source, then a loop, objects', bySource(compiled)]);
  return [
    ...loops.map(([name, match]) => {
      check(name, wanted.slice(0, 20), (i) => match(objects[i]).length);
      return { name, work: eachTime(match, objects) };
    }),
    ...rivals(patterns, objects),
    emitter(objects),
  ];
}

function rivals(patterns, objects) {
  const rival = findRival();
  if (rival.missing !== undefined || patterns.length > rivalMost) return [];
  const { size, match } = rival.matcher(patterns);
  const entries = objects.map((object) => ({
    Source: object.source,
    DetailType: object['detail-type'],
    Detail: JSON.stringify(object.detail),
  }));
  const spared = patterns.length - size;
  return [
    { name: rival.name, note: spared > 0 ? `spared ${countRules(spared)}` : undefined, work: eachTime(match, entries) },
  ];
}

function emitter(objects) {
  const emits = new EventEmitter();
  let seen = 0;
  for (const source of new Set(objects.map((object) => object.source))) {
    emits.on(source, (event) => {
      seen += event.detail.id.length;
    });
  }
  const work = (times) => {
    for (let i = 0; i < times; i++) {
      const event = objects[i & mask];
      emits.emit(event.source, event);
    }
    return seen;
  };
  return { name: 'eventemitter3.emit by source', work };
}

function eachTime(match, events) {
  // Slow contenders do few events a round: going on where the last round ended they still see different ones.
  let next = 0;
  return (times) => {
    let sum = 0;
    for (let i = 0; i < times; i++) sum += match(events[next++ & mask]).length;
    return sum;
  };
}

function fill(RuleIndex, patterns) {
  const index = new RuleIndex();
  for (const [id, pattern] of patterns.entries()) index.add(id, pattern);
  return index;
}

function sourceOf(pattern) {
  return JSON.parse(pattern).source?.[0];
}

function check(name, wanted, found) {
  for (const [i, count] of wanted.entries()) {
    if (found(i) !== count) throw new Error(`${name}: event ${i} matches ${found(i)} rules instead of ${count}`);
  }
}
