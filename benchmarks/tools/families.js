import { code, integer, pick } from './random.js';

const statuses = ['open', 'paid', 'packed', 'shipped', 'returned', 'cancelled'];
const countries = ['AT', 'BR', 'DE', 'FR', 'GB', 'IN', 'JP', 'NG', 'US', 'VN'];
const tiers = ['basic', 'silver', 'gold'];
const brands = ['visa', 'mastercard', 'amex', 'jcb'];
const cities = ['Berlin', 'Hanoi', 'Lagos', 'London', 'Lyon', 'Mumbai', 'Osaka', 'Recife', 'Seattle', 'Vienna'];

/**
 * What a kind of service sends: how it makes a detail, and where rules may ask. `listed` is a path with few values, `text`
 * one with many, `number` one with numbers up to `most`, `address` an IP address; `optional` is there half of the time.
 */
export const families = [
  {
    name: 'orders',
    listed: { path: 'status', values: statuses },
    text: 'customer.email',
    number: { path: 'total', most: 1000 },
    address: 'customer.address',
    optional: 'coupon',
    make: (random) => ({
      id: code(random, 8),
      status: pick(random, statuses),
      total: cents(random, 1000),
      currency: 'EUR',
      customer: { email: email(random), country: pick(random, countries), address: ip(random) },
      ...maybe(random, 'coupon', () => code(random, 6)),
      items: list(5, () => ({
        sku: `sku-${code(random, 6)}`,
        quantity: 1 + integer(random, 9),
        price: cents(random, 99),
      })),
    }),
  },
  {
    name: 'payments',
    listed: { path: 'card.brand', values: brands },
    text: 'merchant.name',
    number: { path: 'amount', most: 5000 },
    address: 'terminal',
    optional: 'declined',
    make: (random) => ({
      id: code(random, 8),
      amount: cents(random, 5000),
      currency: 'EUR',
      card: {
        brand: pick(random, brands),
        last: String(1000 + integer(random, 9000)),
        country: pick(random, countries),
      },
      ...maybe(random, 'declined', () => ({ reason: 'limit', again: false })),
      merchant: { name: `${code(random, 5)} ${pick(random, cities)}`, category: 1000 + integer(random, 9000) },
      terminal: ip(random),
      checks: list(4, (i) => ({ rule: `check-${i}`, score: integer(random, 100), passed: true })),
    }),
  },
  {
    name: 'files',
    listed: { path: 'bucket.name', values: tiers.map((tier) => `uploads-${tier}`) },
    text: 'object.key',
    number: { path: 'object.size', most: 1_000_000 },
    address: 'source-ip-address',
    optional: 'deletion-type',
    make: (random) => ({
      version: '0',
      id: code(random, 8),
      bucket: { name: `uploads-${pick(random, tiers)}` },
      object: {
        key: `${code(random, 4)}/${pick(random, cities)}/${code(random, 12)}.png`,
        size: integer(random, 1_000_000),
        etag: code(random, 32),
        'version-id': code(random, 32),
        sequencer: code(random, 18),
      },
      'request-id': code(random, 16),
      requester: '123456789012',
      'source-ip-address': ip(random),
      ...maybe(random, 'deletion-type', () => 'Delete Marker Created'),
      reason: 'PutObject',
    }),
  },
  {
    name: 'users',
    listed: { path: 'profile.tier', values: tiers },
    text: 'email',
    number: { path: 'profile.logins', most: 5000 },
    address: 'address',
    optional: 'invitedBy',
    make: (random) => ({
      id: code(random, 8),
      email: email(random),
      address: ip(random),
      roles: list(2, () => pick(random, ['admin', 'author', 'reader', 'support'])),
      profile: {
        tier: pick(random, tiers),
        logins: integer(random, 5000),
        city: pick(random, cities),
        language: pick(random, countries).toLowerCase(),
        about: `${code(random, 40)} ${code(random, 30)}`,
      },
      ...maybe(random, 'invitedBy', () => code(random, 8)),
      devices: list(2, () => ({ id: code(random, 12), kind: 'phone', trusted: random() < 0.5 })),
    }),
  },
];

function cents(random, most) {
  return integer(random, most * 100) / 100;
}

function email(random) {
  return `${code(random, 6)}@${pick(random, cities)}.example`;
}

function ip(random) {
  return `10.${integer(random, 256)}.${integer(random, 256)}.${integer(random, 256)}`;
}

function maybe(random, name, make) {
  return random() < 0.5 ? { [name]: make() } : {};
}

function list(length, make) {
  return Array.from({ length }, (_, i) => make(i));
}
