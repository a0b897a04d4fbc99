// Rules and targets as they are on AWS, with a function behind the ARN of a Lambda function.
import { createBridge } from 'footbridge';

const bridge = createBridge({ buses: ['orders'] });
const EventBusName = 'orders';

await bridge.putRule({
  Name: 'big-orders',
  EventBusName,
  EventPattern: '{"detail":{"total":[{"numeric":[">",100]}]}}',
});
await bridge.putTargets({
  Rule: 'big-orders',
  EventBusName,
  Targets: [{ Id: 'bill', Arn: 'arn:aws:lambda:us-east-1:123456789012:function:bill' }],
});

// The handler is an ordinary Lambda handler; context.delivery is what Footbridge adds.
bridge.handle('bill', async (event, context) => {
  console.log(`${context.functionName}: ${event.detail.id}, by rule ${context.delivery.rule}`);
});

const Entries = [20, 120].map((total, i) => ({
  EventBusName,
  Source: 'com.shop',
  DetailType: 'Order Placed',
  Detail: JSON.stringify({ id: `o-${i + 1}`, total }),
}));
await bridge.putEvents({ Entries });
await bridge.idle();

const [small] = bridge.history.events();
console.log(String(bridge.explain(small)));
