import { OrderBilled, OrderShipped } from '@shop/contracts';
import { sharedBridge } from 'footbridge';

/**
 * Ships what has been billed.
 * @param {Pick<import('footbridge').Bridge, 'on' | 'publish'>} bus
 */
export async function startShipping(bus = sharedBridge('shop')) {
  await bus.on(OrderBilled.pattern, async ({ detail }) => {
    console.log(`shipping: ${detail.id}, with ${detail.invoice}`);
    await bus.publish(OrderShipped({ id: detail.id, parcel: `parcel-of-${detail.id}` }));
  });
}
