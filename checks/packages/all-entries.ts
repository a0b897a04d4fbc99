// Every entry but ./vitest, and types that are spelt out.
import { type Bridge, createBridge } from 'footbridge';
import { clientConfig } from 'footbridge/aws-sdk';
import { defineEvent } from 'footbridge/events';
import { fetchHandler } from 'footbridge/fetch';
import { connectBridge, serve } from 'footbridge/http';
import { matchers } from 'footbridge/matchers';
import { toMermaid } from 'footbridge/mermaid';
import { RuleIndex, testPattern } from 'footbridge/patterns';
import { loadTemplate } from 'footbridge/templates';

const OrderPlaced = defineEvent<{ total: number }, 'com.shop', 'Order Placed'>('com.shop', 'Order Placed');
const bridge: Bridge = createBridge();
const index: RuleIndex<string> = new RuleIndex();
const answer: (request: Request) => Promise<Response> = fetchHandler(bridge);
bridge.on(OrderPlaced.pattern, ({ detail }) => {
  const total: number = detail.total;
  // @ts-expect-error
  const text: string = detail.total;
  index.add(text, { detail: { total: [total] } });
});
// @ts-expect-error
bridge.on({ source: ['com.shop'] }, 'no handler');

export { answer, clientConfig, connectBridge, loadTemplate, matchers, serve, testPattern, toMermaid };
