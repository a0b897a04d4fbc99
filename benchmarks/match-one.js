// One pattern, one event. Operation: one test. An object is tested as it is, a text is also proved to be JSON.
import { EventEmitter } from 'eventemitter3';
import { makeEnvelope } from './tools/events.js';
import { seededRandom } from './tools/random.js';
import { findRival } from './tools/rival.js';

const pattern = { source: [{ prefix: 'com.shop.' }], detail: { id: [{ 'anything-but': ['none'] }] } };

export function groups() {
  return [{ name: 'one pattern with two leaves, an event of 700 bytes' }];
}

export function prepare() {
  const random = seededRandom(1);
  const objects = Array.from({ length: 256 }, () => makeEnvelope(random));
  const texts = objects.map((object) => JSON.stringify(object));
  return { objects: texts.map((text) => JSON.parse(text)), texts };
}

export function floor({ texts }) {
  const parse = (times) => {
    let sum = 0;
    for (let i = 0; i < times; i++) sum += JSON.parse(texts[i & 255]).source.length;
    return sum;
  };
  return [{ name: 'JSON.parse', work: parse }];
}

export function subjects({ patterns: { compilePattern, testPattern } }, { objects, texts }) {
  const yes = compilePattern(pattern);
  const exact = compilePattern({ source: [objects[0].source], 'detail-type': [objects[0]['detail-type']] });
  const testObject = (times) => {
    let matches = 0;
    for (let i = 0; i < times; i++) if (yes.test(objects[i & 255])) matches++;
    return expectMatches(matches, times);
  };
  const testExact = (times) => {
    let matches = 0;
    for (let i = 0; i < times; i++) if (exact.test(objects[i & 255])) matches++;
    return matches;
  };
  const testText = (times) => {
    let matches = 0;
    for (let i = 0; i < times; i++) if (yes.test(texts[i & 255])) matches++;
    return expectMatches(matches, times);
  };
  const testOnce = (times) => {
    let matches = 0;
    for (let i = 0; i < times; i++) if (testPattern(pattern, objects[i & 255])) matches++;
    return expectMatches(matches, times);
  };
  return [
    { name: 'compilePattern(p).test(object), matches', work: testObject },
    { name: 'compilePattern(p).test(object), source and detail-type, mostly no match', work: testExact },
    { name: 'compilePattern(p).test(text), matches', work: testText },
    { name: 'testPattern(p, object), compiled each time', work: testOnce },
  ];
}

export function others(_build, { objects }) {
  const emitter = new EventEmitter();
  let seen = 0;
  for (const source of new Set(objects.map((object) => object.source))) {
    emitter.on(source, (event) => {
      seen += event.detail.id.length;
    });
  }
  const emit = (times) => {
    for (let i = 0; i < times; i++) {
      const event = objects[i & 255];
      emitter.emit(event.source, event);
    }
    return seen;
  };
  return [{ name: 'eventemitter3.emit by source', work: emit }, ...rivals(objects)];
}

function rivals(objects) {
  const rival = findRival();
  if (rival.missing !== undefined) return [];
  const matcher = rival.matcher([JSON.stringify(pattern)]);
  const entries = objects.map((object) => ({
    Source: object.source,
    DetailType: object['detail-type'],
    Detail: JSON.stringify(object.detail),
  }));
  const work = (times) => {
    let matches = 0;
    for (let i = 0; i < times; i++) matches += matcher.match(entries[i & 255]).length;
    return expectMatches(matches, times);
  };
  return [{ name: rival.name, work }];
}

function expectMatches(matches, times) {
  if (matches !== times) throw new Error(`${matches} of ${times} events match`);
  return matches;
}
