// PutEvents end to end, ten entries a call. Operation: one entry, from the call until its handler has read a nested field.
import { EventEmitter } from 'eventemitter3';
import { makeEntry } from './tools/events.js';
import { makePatterns } from './tools/patterns.js';
import { seededRandom } from './tools/random.js';
import { countRules } from './tools/show.js';

/** Long enough for a round to contain its share of the garbage collection. */
export const milliseconds = 80;

const entriesPerCall = 10;
const elsewhere = /"com\.shop\./;

export function groups(quick) {
  return [{ name: '10 entries of 700 bytes a call', counts: quick ? [1, 100] : [1, 1000, 100_000] }];
}

export function prepare({ counts }) {
  const random = seededRandom(5);
  const entries = Array.from({ length: entriesPerCall }, () => makeEntry(random));
  const users = entries.map(({ Detail }) => JSON.parse(Detail).meta.user);
  const patterns = makePatterns('everyday', seededRandom(6), [], counts.at(-1));
  return { counts, patterns, request: { Entries: entries }, wanted: users.reduce((sum, user) => sum + user, 0) };
}

export function floor({ request: { Entries }, wanted }) {
  const details = Entries.map(({ Detail }) => Detail);
  const work = (times) => {
    let sum = 0;
    for (let i = 0; i < times; i++) for (const detail of details) sum += JSON.parse(detail).meta.user;
    return expectSum(sum, times * wanted);
  };
  return [{ name: 'JSON.parse of the Details', operations: entriesPerCall, work }];
}

export async function subjects({ bridge: { createBridge } }, { counts, patterns, request, wanted }) {
  const contenders = [];
  const few = counts.at(-2);
  for (const count of counts) contenders.push(await contender(nameOf(count), patterns.slice(0, count)));
  // What more matches costs is told apart from what more rules cost.
  const distant = patterns.map((pattern, i) => (i < few ? pattern : pattern.replace(elsewhere, '"org.elsewhere.')));
  contenders.push(
    await contender(`${nameOf(counts.at(-1))}, all but ${few.toLocaleString('en-US')} of other sources`, distant),
  );
  return contenders;

  async function contender(name, rules) {
    const bridge = createBridge({ limits: { rulesPerBus: rules.length, wildcardRulesPerBus: rules.length } });
    for (const [i, EventPattern] of rules.entries()) await bridge.putRule({ Name: `rule-${i}`, EventPattern });
    let left = 0;
    let sum = 0;
    let delivered = () => {};
    bridge.on({ source: [{ prefix: 'com.shop.' }] }, (event) => {
      sum += event.detail.meta.user;
      if (--left === 0) delivered();
    });
    const work = async (times) => {
      sum = 0;
      for (let i = 0; i < times; i++) {
        left = entriesPerCall;
        const all = new Promise((resolve) => {
          delivered = resolve;
        });
        await bridge.putEvents(request);
        await all;
      }
      return expectSum(sum, times * wanted);
    };
    await work(1);
    const matches = bridge.history.records().flatMap((record) => (record.kind === 'matched' ? record.rules : []));
    const note = `${matches.length / entriesPerCall} rules match an entry`;
    return { name, note, operations: entriesPerCall, work };
  }
}

export function others(_build, { request: { Entries }, wanted }) {
  const emitter = new EventEmitter();
  let sum = 0;
  for (const { Source } of Entries) {
    emitter.removeAllListeners(Source);
    emitter.on(Source, (event) => {
      sum += event.detail.meta.user;
    });
  }
  const events = Entries.map(({ Source, Detail }) => ({ source: Source, detail: JSON.parse(Detail) }));
  const emit = (times) => {
    sum = 0;
    for (let i = 0; i < times; i++) for (const event of events) emitter.emit(event.source, event);
    return expectSum(sum, times * wanted);
  };
  const parseAndEmit = (times) => {
    sum = 0;
    for (let i = 0; i < times; i++) {
      for (const { Source, Detail } of Entries) emitter.emit(Source, { source: Source, detail: JSON.parse(Detail) });
    }
    return expectSum(sum, times * wanted);
  };
  return [
    { name: 'JSON.parse, then eventemitter3.emit', operations: entriesPerCall, work: parseAndEmit },
    { name: 'eventemitter3.emit, nothing parsed', operations: entriesPerCall, work: emit },
  ];
}

function nameOf(count) {
  return `PutEvents, ${countRules(count)}`;
}

function expectSum(sum, wanted) {
  if (sum !== wanted) throw new Error(`The handlers read ${sum} in all instead of ${wanted}`);
  return sum;
}
