// A target that is down for a day, on a clock that takes no time: 24 hours of retries, then a dead letter.
import { createBridge, TargetError, virtualClock } from 'footbridge';

const clock = virtualClock('2026-01-01T00:00:00Z');
const bridge = createBridge({ clock });
const topic = 'arn:aws:sns:us-east-1:123456789012:orders';

await bridge.putRule({ Name: 'orders', EventPattern: '{"source":["com.shop"]}' });
await bridge.putTargets({
  Rule: 'orders',
  Targets: [
    {
      Id: '1',
      Arn: topic,
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400 },
      DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:123456789012:orders-dlq' },
    },
  ],
});
bridge.handle(topic, () => {
  throw new TargetError('THROTTLING', { message: 'Rate exceeded' });
});

await bridge.publish({ source: 'com.shop', detailType: 'Order Placed', detail: { total: 120 } });
const { waiting, nextAt } = await bridge.idle();
console.log(`${waiting} waits, until ${nextAt.toISOString()}`);

await clock.advance('24h');
const [letter] = bridge.queue('orders-dlq').messages;
console.log(letter.attributes);
