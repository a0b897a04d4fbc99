// Every service in this process. None is given a bus: each asks for the one that is called "shop", and finds the same.
import { startBilling } from '@shop/billing';
import { startOrders } from '@shop/orders';
import { startShipping } from '@shop/shipping';
import { sharedBridge } from 'footbridge';

await startBilling();
await startShipping();
const orders = await startOrders();

await orders.place({ id: 'o-1', total: 120 });
const { delivered } = await sharedBridge('shop').close();
console.log(`in one process: ${delivered} deliveries`);
