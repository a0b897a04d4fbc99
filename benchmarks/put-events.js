// PutEvents end to end: ten orders in, a thousand rules, one subscription that reads a field of each.
import { createBridge } from 'footbridge';
import { measure } from './tools/measure.js';
import { makeOrder, makePattern } from './tools/orders.js';
import { seededRandom } from './tools/random.js';
import { report } from './tools/report.js';

const ruleCount = 1000;
const random = seededRandom(2);
const bridge = createBridge({ limits: { rulesPerBus: ruleCount } });
for (let i = 0; i < ruleCount; i++) {
  await bridge.putRule({ Name: `rule-${i}`, EventPattern: JSON.stringify(makePattern(random)) });
}

const orders = Array.from({ length: 10 }, () => makeOrder(random));
const request = {
  Entries: orders.map(({ source, detailType, detail }) => ({
    Source: source,
    DetailType: detailType,
    Detail: JSON.stringify(detail),
  })),
};
const details = request.Entries.map(({ Detail }) => Detail);
const wanted = orders.reduce((sum, { detail }) => sum + detail.customer.id, 0);

let left = 0;
let sum = 0;
let delivered = () => {};
bridge.on({ source: [{ prefix: 'com.shop' }] }, (event) => {
  sum += event.detail.customer.id;
  if (--left === 0) delivered();
});

const results = await measure([
  { name: 'JSON.parse', operations: 10, work: parse },
  { name: 'PutEvents, delivered', operations: 10, work: put },
]);
report(`put-events, per entry (${ruleCount} rules, ${details[0].length} bytes)`, results);

function parse(times) {
  for (let i = 0; i < times; i++) {
    let parsed = 0;
    for (const detail of details) parsed += JSON.parse(detail).customer.id;
    if (parsed !== wanted) throw new Error('The Details are not what they were');
  }
}

async function put(times) {
  for (let i = 0; i < times; i++) {
    sum = 0;
    left = request.Entries.length;
    const all = new Promise((resolve) => {
      delivered = resolve;
    });
    const { FailedEntryCount } = await bridge.putEvents(request);
    await all;
    if (FailedEntryCount !== 0 || sum !== wanted) throw new Error('Not every entry was delivered');
  }
}
