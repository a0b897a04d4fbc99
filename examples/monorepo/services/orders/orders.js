import { OrderPlaced, OrderShipped } from '@shop/contracts';
import { sharedBridge } from 'footbridge';

/**
 * Takes orders, and says what became of them.
 * @param {Pick<import('footbridge').Bridge, 'on' | 'publish'>} bus
 */
export async function startOrders(bus = sharedBridge('shop')) {
  await bus.on(OrderShipped.pattern, ({ detail }) => console.log(`orders: ${detail.id} left as ${detail.parcel}`));
  return {
    /** @param {import('@shop/contracts').Order} order */
    place: (order) => bus.publish(OrderPlaced(order)),
  };
}
