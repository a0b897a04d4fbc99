import { describe, expect, test } from 'vitest';
import { topic, world } from '../delivery/world.js';

const R = '1-5759e988-bd862e3fe1be46a994272793';
const other = '1-5759e988-00000000000000000000abcd';
const P = '53995c3f42cd8ad8';
const queue = 'arn:aws:sqs:us-east-1:123456789012:orders';
const bill = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
const DeadLetterConfig = { Arn: 'arn:aws:sqs:us-east-1:123456789012:dlq' };

/** What a queue target and a dead-letter queue have of an entry with this TraceHeader. */
async function arriving(TraceHeader: string | undefined) {
  const { bridge } = await world();
  await bridge.putTargets({
    Rule: 'all',
    Targets: [
      { Id: 'queue', Arn: queue },
      { Id: 'topic', Arn: topic, DeadLetterConfig },
    ],
  });
  using _ = bridge.faults.target(topic, { code: 'NO_PERMISSIONS' });
  await bridge.putEvents({ Entries: [{ Source: 'com.shop', DetailType: 'x', Detail: '{}', TraceHeader }] });
  await bridge.idle();
  return ['orders', 'dlq'].map((name) => bridge.queue(name).messages[0]?.attributes['AWSTraceHeader']);
}

// Captured from the service, September 2026 (github.com/radkawar/stackd, trace.json, commit 9dc356f5).
describe('A TraceHeader', () => {
  test.each([
    [`Root=${R};Parent=${P};Sampled=0`, `Root=${R};Parent=${P};Sampled=0`],
    [`Root=${R};Parent=${P};Sampled=1`, `Root=${R};Parent=${P};Sampled=1`],
    [`Root=${R}`, `Root=${R}`],
    [`Root=${R};Sampled=1`, `Root=${R};Sampled=1`],
    [`Root=${R};Sampled=?`, `Root=${R};Sampled=?`],
    [undefined, undefined],
    ['garbage', undefined],
    [`Parent=${P}`, undefined],
    [`Root=bad;Parent=${P}`, undefined],
    ['Root=bad;Sampled=1', undefined],
    [`Root=${R};Root=bad;Parent=${P}`, undefined],
    [`Root=${R};Parent=oops;Sampled=0`, `Root=${R};Sampled=0`],
    [`Root=${R};Parent=;Sampled=0`, `Root=${R};Sampled=0`],
    [`Root=${R};Parent=${P};Sampled=7`, `Root=${R};Parent=${P}`],
    [`Root=${R};Parent=${P};Parent=bad`, `Root=${R};Parent=${P}`],
    [`Root=${R};Sampled=1;Sampled=7`, `Root=${R}`],
    [`Root=${other};Root=${R};Parent=${P};Sampled=0`, `Root=${R};Parent=${P};Sampled=0`],
    [` Root=${R} ; Parent=${P} ; Sampled=0 `, `Root=${R};Parent=${P};Sampled=0`],
    [`Sampled=0;Foo=bar;Parent=${P};Root=${R}`, `Root=${R};Parent=${P};Sampled=0;Foo=bar`],
    [`Root=${R};Foo=;Bar=two=three;bare`, `Root=${R};Bar=two=three;Foo=`],
    [`Root=${R.toUpperCase()};Sampled=0`, `Root=${R};Sampled=0`],
    [`Root=${R};Parent=${P.toUpperCase()};Sampled=0`, `Root=${R};Parent=${P.toUpperCase()};Sampled=0`],
    [`Root=${R};Parent=${P.toUpperCase()};Sampled=1`, undefined],
  ])('of %s arrives as %s', async (header, expected) => {
    expect(await arriving(header)).toEqual([expected, expected]);
  });

  // The clock of the test stands at 2026-01-01T00:00:00Z, which is 6955b900.
  test.each([
    ['Sampled=0', /^Root=1-6955b900-[0-9a-f]{24};Sampled=0$/],
    ['Root=bad;Sampled=0', /^Root=1-6955b900-[0-9a-f]{24};Sampled=0$/],
    [`Root=oops;Parent=${P};Sampled=0`, new RegExp(`^Root=1-6955b900-[0-9a-f]{24};Parent=${P};Sampled=0$`)],
  ])('without a root, but Sampled=0, gets one: %s', async (header, expected) => {
    const [received, letter] = await arriving(header);
    expect(received).toMatch(expected);
    expect(letter).toBe(received);
  });

  test.each([
    [
      '',
      "Value '' at 'entries.1.member.traceHeader' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'x'.repeat(501),
      "' at 'entries.1.member.traceHeader' failed to satisfy constraint: Member must have length less than or equal to 500",
    ],
  ])('is rejected for its length alone: %j', async (header, message) => {
    await expect(arriving(header)).rejects.toThrow(message);
  });

  test.each([
    [`Root=${R};Parent=${P};Sampled=1`, new RegExp(`^Root=${R};Parent=${P};Sampled=1;Lineage=1:[0-9a-f]{8}:0$`)],
    [undefined, /^Root=1-6955b900-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=1:[0-9a-f]{8}:0$/],
    ['garbage', /^Root=1-6955b900-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=1:[0-9a-f]{8}:0$/],
  ])('of %s reaches a function with a lineage', async (TraceHeader, expected) => {
    const { bridge } = await world({ Arn: bill });
    const seen: (string | undefined)[] = [];
    bridge.handle('bill', (_event, { delivery }) => void seen.push(delivery.traceHeader, delivery.traceHeader));
    await bridge.putEvents({ Entries: [{ Source: 'com.shop', DetailType: 'x', Detail: '{}', TraceHeader }] });
    await bridge.idle();
    expect(seen[0]).toMatch(expected);
    expect(seen[1]).toBe(seen[0]);
  });

  test('goes with the event to another bus', async () => {
    const { bridge } = await world(
      { Arn: 'arn:aws:events:us-east-1:123456789012:event-bus/orders', RoleArn: 'arn:aws:iam::123456789012:role/r' },
      { buses: ['orders'] },
    );
    await bridge.putRule({ Name: 'all', EventBusName: 'orders', EventPattern: '{"source":["com.shop"]}' });
    await bridge.putTargets({ Rule: 'all', EventBusName: 'orders', Targets: [{ Id: '1', Arn: queue }] });
    const header = `Root=${R};Parent=${P};Sampled=0`;
    await bridge.publish({ source: 'com.shop', detailType: 'x', detail: {}, traceHeader: header });
    await bridge.idle();
    expect(bridge.queue('orders').messages).toMatchObject([{ attributes: { AWSTraceHeader: header } }]);
  });
});
