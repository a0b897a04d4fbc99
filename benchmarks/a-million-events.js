// A million events, published as fast as publish lets, to ten subscribers, of which two fail half of the time and are
// retried. Each event must end for each subscriber; the heap must stay where it was after the first tenth.
// By itself, after `npm run build`: node benchmarks/a-million-events.js (EVENTS=100000 for fewer).
import { createBridge, virtualClock } from 'footbridge';
import { seededRandom } from './tools/random.js';

const events = Number(process.env.EVENTS ?? 1_000_000);
const subscribers = 10;
const failing = 2;
const batch = 1000;

const random = seededRandom(3);
// Due times that many share: what is measured is the bridge, not how a virtual clock goes from one to the next.
const coarse = () => Math.ceil(random() * 4) / 4;
const clock = virtualClock();
const bridge = createBridge({ clock, random: coarse, history: 1000, onFailedDelivery: 'ignore' });
const handled = new Array(subscribers).fill(0);
let attempts = 0;
for (let i = 0; i < subscribers; i++) {
  const handler = () => {
    attempts++;
    if (i < failing && random() < 0.5) throw new Error('half of the time');
    handled[i]++;
  };
  bridge.on({ source: ['com.shop'] }, handler, i < failing ? { retryPolicy: {} } : {});
}

const started = process.hrtime.bigint();
let peak = 0;
let early = 0;
for (let sent = 0; sent < events; sent += batch) {
  const published = bridge.publish(
    Array.from({ length: batch }, (_, n) => ({
      source: 'com.shop',
      detailType: 'Order Placed',
      detail: { n: sent + n },
    })),
  );
  let isPublished = false;
  void published.then(() => {
    isPublished = true;
  });
  // Where a subscriber is full of events that wait for a retry, only time makes room.
  do await clock.advance('1s');
  while (!isPublished);
  const { heapUsed } = process.memoryUsage();
  peak = Math.max(peak, heapUsed);
  if (sent <= events / 10) early = peak;
}
const { delivered, failed, waiting } = await bridge.drain();
const seconds = Number(process.hrtime.bigint() - started) / 1e9;
const lost = events * subscribers - delivered;
if (lost !== 0 || failed !== 0 || waiting !== 0) throw new Error(`${lost} lost, ${failed} failed, ${waiting} waiting`);
if (handled.some((count) => count !== events)) throw new Error(`Handled: ${handled}`);

const facts = {
  seconds: Math.round(seconds * 10) / 10,
  'events per second': Math.round(events / seconds),
  attempts,
  lost,
  'peak heap, megabytes': Math.round(peak / 1e6),
  'peak heap of the first tenth, megabytes': Math.round(early / 1e6),
};
console.log(`${events} events, ${subscribers} subscribers, of which ${failing} fail half of the time`);
for (const [name, value] of Object.entries(facts)) console.log(`  ${name}: ${value}`);
