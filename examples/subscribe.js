// Publish and subscribe inside one process, the short way.
import { createBridge } from 'footbridge';

const bridge = createBridge();

const subscription = bridge.on({ source: ['com.shop'], detail: { total: [{ numeric: ['>', 100] }] } }, (event) => {
  console.log(`big order ${event.detail.id}: ${event.detail.total}`);
});

await bridge.publish([
  { source: 'com.shop', detailType: 'Order Placed', detail: { id: 'o-1', total: 20 } },
  { source: 'com.shop', detailType: 'Order Placed', detail: { id: 'o-2', total: 120 } },
]);
// Delivery goes on by itself: the publisher never waits for those who listen.

const { delivered } = await bridge.idle();
console.log(`${delivered} delivered`);
subscription.dispose();
