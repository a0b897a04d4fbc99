import { families } from './families.js';
import { code, integer, pick } from './random.js';

const verbs = 'Created Updated Deleted Accepted Refused Sent Received Expired Restored Archived'.split(' ');

/** 200 services, each of one family, each with ten detail-types. */
export const services = Array.from({ length: 200 }, (_, i) => {
  const family = families[i % families.length];
  return {
    family,
    source: `com.shop.${family.name}-${i}`,
    detailTypes: verbs.map((verb) => `${family.name[0].toUpperCase()}${family.name.slice(1, -1)} ${verb}`),
  };
});

/** An EventBridge envelope; about 700 bytes as JSON. */
export function makeEnvelope(random) {
  const { family, source, detailTypes } = pick(random, services);
  const id = [8, 4, 4, 4, 12].map((length) => code(random, length)).join('-');
  return {
    version: '0',
    id,
    'detail-type': pick(random, detailTypes),
    source,
    account: '123456789012',
    time: '2026-01-01T00:00:00Z',
    region: 'us-east-1',
    resources: [`arn:aws:states:us-east-1:123456789012:execution:${family.name}:${integer(random, 1e9)}`],
    detail: family.make(random),
  };
}

/** Entries of PutEvents of about 700 bytes: source, detail-type and a Detail that is larger by the envelope's own part. */
export function makeEntry(random) {
  const { source, 'detail-type': type, id, detail } = makeEnvelope(random);
  const trace = { correlation: id, causes: Array.from({ length: 5 }, () => code(random, 28)), at: 1_767_225_600 };
  return {
    Source: source,
    DetailType: type,
    Detail: JSON.stringify({ meta: { user: integer(random, 1e6), trace }, ...detail }),
  };
}

/** The ids of some events, and of very many that are not among them: rules ask for these too. */
export function makeIds(random, events) {
  return [...events.map(({ detail }) => detail.id), ...Array.from({ length: 100_000 }, () => code(random, 8))];
}
