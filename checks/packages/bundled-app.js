// What a page might do: every entry that it can load, each used.
import { createBridge } from 'footbridge';
import { clientConfig } from 'footbridge/aws-sdk';
import { defineEvent } from 'footbridge/events';
import { fetchHandler } from 'footbridge/fetch';
import { connectBridge } from 'footbridge/http';
import { toMermaid } from 'footbridge/mermaid';
import { testPattern } from 'footbridge/patterns';
import { loadTemplate } from 'footbridge/templates';

const OrderPlaced = defineEvent('com.shop', 'Order Placed');
const bridge = createBridge();
const rule = { Type: 'AWS::Events::Rule', Properties: { Name: 'big', EventPattern: { source: ['com.shop'] } } };
void loadTemplate(bridge, { Resources: { Rule: rule } }, { stackName: 'shop' })
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
