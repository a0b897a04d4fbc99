// The bus and the orders service are here; billing and shipping are each in a process of their own, connected over HTTP.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { OrderShipped } from '@shop/contracts';
import { startOrders } from '@shop/orders';
import { createBridge } from 'footbridge';
import { serve } from 'footbridge/http';

const bridge = createBridge();
const server = await serve(bridge, { port: 0 });
const services = ['billing', 'shipping'].map((name) =>
  fork(fileURLToPath(new URL('connected-service.js', import.meta.url)), [name, server.url]),
);
await Promise.all(services.map((service) => once(service, 'message')));

const orders = await startOrders(bridge);
await orders.place({ id: 'o-2', total: 80 });
await bridge.waitFor(OrderShipped.pattern({ id: ['o-2'] }), { timeout: 10_000 });
const { delivered } = await bridge.idle();

for (const service of services) service.disconnect();
await Promise.all(services.map((service) => once(service, 'exit')));
await server.close();
await bridge.close();
console.log(`between processes: ${delivered} deliveries`);
