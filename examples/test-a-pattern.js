// Event patterns alone: footbridge/patterns loads nothing else of the package, and no dependency.
import { explainPattern, parsePattern, testPattern } from 'footbridge/patterns';

const pattern = {
  source: ['com.shop'],
  detail: { status: ['paid', { prefix: 'partly-' }], total: [{ numeric: ['>', 100] }] },
};
const event = { source: 'com.shop', 'detail-type': 'Order Paid', detail: { status: 'Paid', total: '120' } };

console.log(testPattern(pattern, event));
console.log(String(explainPattern(pattern, event)));

const parsed = parsePattern('{"detail":{"total":[{"numeric":["=>",100]}]}}');
if (!parsed.ok) console.log(`${parsed.issues[0].path}: ${parsed.issues[0].message}`);
