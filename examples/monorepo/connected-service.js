// One service in a process of its own: node connected-service.js billing http://127.0.0.1:4010
import { argv } from 'node:process';
import { startBilling } from '@shop/billing';
import { startShipping } from '@shop/shipping';
import { connectBridge } from 'footbridge/http';

const [, , name, url] = argv;
const bus = await connectBridge(url);
await { billing: startBilling, shipping: startShipping }[name](bus);

process.send?.('ready');
process.on('disconnect', () => bus.close());
