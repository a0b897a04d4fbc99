// What does the code under test do when the second of three entries is throttled, and a target is slow?
import { createBridge, virtualClock } from 'footbridge';

const clock = virtualClock();
const bridge = createBridge({ clock });
bridge.handle('bill', (event) => console.log(`billed ${event.detail.total} at ${new Date(clock.now()).toISOString()}`));
await bridge.putRule({ Name: 'orders', EventPattern: '{"source":["com.shop"]}' });
const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
await bridge.putTargets({ Rule: 'orders', Targets: [{ Id: '1', Arn }] });

const throttled = bridge.faults.putEvents({ entry: 1, code: 'ThrottlingException', calls: 1 });
const slow = bridge.faults.target('bill', { latency: '30s' });

const Entries = [1, 2, 3].map((total) => ({
  Source: 'com.shop',
  DetailType: 'Order Placed',
  Detail: JSON.stringify({ total }),
}));
const { FailedEntryCount } = await bridge.putEvents({ Entries });
console.log(`${FailedEntryCount} failed`);
await clock.advance('1m');
console.log(`the faults fired ${throttled.fired} and ${slow.fired} times`);
