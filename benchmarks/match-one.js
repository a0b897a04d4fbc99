// One pattern, one event: compiled and tested against an object and against text.
import { EventEmitter } from 'eventemitter3';
import { compilePattern } from 'footbridge/patterns';
import { measure } from './tools/measure.js';
import { makeOrder } from './tools/orders.js';
import { seededRandom } from './tools/random.js';
import { report } from './tools/report.js';

const { source, detailType, detail } = makeOrder(seededRandom(1));
const event = { source, 'detail-type': detailType, detail };
const text = JSON.stringify(event);
const two = compilePattern({ source: [source], detail: { total: [{ numeric: ['>', 0] }] } });
const none = compilePattern({ source: ['com.other'] });
const emitter = new EventEmitter();
let seen = 0;
emitter.on(source, () => seen++);

const results = await measure([
  contender('JSON.parse', () => JSON.parse(text)),
  contender('test(object), two fields match', () => two.test(event)),
  contender('test(object), no match', () => none.test(event)),
  contender('test(text), two fields match', () => two.test(text)),
  contender('test(text), no match', () => none.test(text)),
  contender('eventemitter3 emit', () => emitter.emit(source, event)),
]);
report(`match-one (${text.length} bytes)`, results);

function contender(name, call) {
  const work = (times) => {
    for (let i = 0; i < times; i++) if (call() === undefined) throw new Error(`${name} answers nothing`);
  };
  return { name, operations: 1, work };
}
