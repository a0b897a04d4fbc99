// One bus for many packages of one process: who asks for the same name gets the same bridge.
import { sharedBridge } from 'footbridge';

/** In a package that bills. */
function startBilling() {
  sharedBridge('shop').on({ 'detail-type': ['Order Placed'] }, (event) => {
    console.log(`billing ${event.detail.id}`);
  });
}

/** In a package that takes orders, which knows nothing of the other. */
async function placeOrder(id) {
  await sharedBridge('shop').publish({ source: 'com.shop', detailType: 'Order Placed', detail: { id } });
}

startBilling();
await placeOrder('o-1');
const { delivered } = await sharedBridge('shop').close();
console.log(`closed after ${delivered} delivery`);
