import { OrderBilled, OrderPlaced } from '@shop/contracts';
import { sharedBridge } from 'footbridge';

/**
 * Bills every order that is not for free.
 * @param {Pick<import('footbridge').Bridge, 'on' | 'publish'>} bus
 */
export async function startBilling(bus = sharedBridge('shop')) {
  await bus.on(OrderPlaced.pattern({ total: [{ numeric: ['>', 0] }] }), async ({ detail }) => {
    console.log(`billing: ${detail.id} for ${detail.total}`);
    await bus.publish(OrderBilled({ id: detail.id, invoice: `invoice-of-${detail.id}` }));
  });
}
