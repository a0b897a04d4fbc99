import { pick } from './random.js';

const sources = Array.from({ length: 200 }, (_, i) => `com.shop.service-${i}`);
const detailTypes = ['Order Placed', 'Order Paid', 'Order Shipped', 'Order Cancelled'];
const countries = ['AT', 'BR', 'DE', 'FR', 'GB', 'IN', 'JP', 'US'];
const statuses = ['open', 'paid', 'shipped', 'returned'];

/** The source, detail-type and detail of an order; about 700 bytes of JSON. */
export function makeOrder(random) {
  const items = Array.from({ length: 7 }, (_, i) => ({
    sku: `sku-${Math.floor(random() * 100_000)}`,
    quantity: 1 + Math.floor(random() * 9),
    price: Math.round(random() * 10_000) / 100,
    name: `Item ${i} of the order`,
  }));
  const detail = {
    id: `order-${Math.floor(random() * 1e9)}`,
    status: pick(random, statuses),
    customer: { id: Math.floor(random() * 1e6), country: pick(random, countries), address: '10.1.2.3' },
    total: Math.round(random() * 100_000) / 100,
    items,
  };
  return { source: pick(random, sources), detailType: pick(random, detailTypes), detail };
}

/** An everyday rule: source and detail-type, and in six of ten rules one more field. */
export function makePattern(random) {
  const pattern = { source: [pick(random, sources)], 'detail-type': [pick(random, detailTypes)] };
  if (random() < 0.4) return pattern;
  const details = [
    { status: [pick(random, statuses)] },
    { status: [{ 'anything-but': pick(random, statuses) }] },
    { customer: { country: [pick(random, countries)] } },
    { total: [{ numeric: ['>', Math.floor(random() * 1000)] }] },
    { id: [{ prefix: `order-${Math.floor(random() * 10)}` }] },
    { id: [{ suffix: String(Math.floor(random() * 10)) }] },
    { coupon: [{ exists: false }] },
  ];
  return { ...pattern, detail: pick(random, details) };
}
