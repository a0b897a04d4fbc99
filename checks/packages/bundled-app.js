// What a page might do: each entry that it can load, used. ./templates has an app of its own.
import { createBridge } from 'footbridge';
import { clientConfig } from 'footbridge/aws-sdk';
import { defineEvent } from 'footbridge/events';
import { fetchHandler } from 'footbridge/fetch';
import { connectBridge } from 'footbridge/http';
import { toMermaid } from 'footbridge/mermaid';
import { testPattern } from 'footbridge/patterns';

const OrderPlaced = defineEvent('com.shop', 'Order Placed');
const bridge = createBridge();
void bridge
  .putRule({ Name: 'big', EventPattern: '{"source":["com.shop"]}' })
  .then(() => {
    bridge.on(OrderPlaced.pattern, ({ detail }) => console.log(`delivered ${detail.total}`));
    return bridge.publish(OrderPlaced({ total: 120 }));
  })
  .then(() => bridge.idle())
  .then(() => fetchHandler(bridge)(new Request('http://localhost/_footbridge/health')))
  .then(({ status }) => {
    const [event] = bridge.history.events();
    const matches = testPattern(OrderPlaced.pattern(), event);
    console.log(status, matches, clientConfig(bridge).region, toMermaid(bridge).includes('big'), typeof connectBridge);
  });
