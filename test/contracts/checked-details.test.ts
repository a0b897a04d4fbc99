import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineEvent } from '../../src/events.js';
import { createBridge, InvalidDetailError, type InvalidDetailRecord } from '../../src/index.js';
import { RoleArn } from '../role.js';
import { captureWarnings } from '../warnings.js';
import { bridgeWith, OrderPlaced, Refunded, rejection, Shipped, schemaThat, wrong } from './shop-events.js';

describe('A bad detail', () => {
  test('rejects the publish with what is wrong, and nothing is sent', async () => {
    await using bridge = bridgeWith();
    const error = await rejection(
      bridge.publish([OrderPlaced({ total: 1 }), wrong, Refunded({ ids: ['a', 5 as never] })]),
    );
    expect(error).toBeInstanceOf(InvalidDetailError);
    expect(error).toMatchObject({
      name: 'InvalidDetailError',
      message: [
        'Nothing was published, since 2 details are not valid:',
        '  event 1, "Order Placed" from com.shop:',
        '    total: Invalid input: expected number, received string',
        '  event 2, "Refunded" from com.shop:',
        '    ids.1: Invalid type: Expected string but received 5',
      ].join('\n'),
      failures: [
        { index: 1, source: 'com.shop', detailType: 'Order Placed', issues: [{ path: 'total' }] },
        { index: 2, source: 'com.shop', detailType: 'Refunded', issues: [{ path: 'ids.1' }] },
      ],
    });
    expect(bridge.history.events()).toEqual([]);
    expect(bridge.history.records()).toMatchObject([
      { kind: 'invalid-detail', bus: 'default', detailType: 'Order Placed', detail: { total: 'much' } },
      { kind: 'invalid-detail', bus: 'default', detailType: 'Refunded', issues: [{ path: 'ids.1' }] },
    ]);
  });

  test('is only recorded if it is to be ignored', async () => {
    await using bridge = bridgeWith({ onInvalidDetail: 'ignore' });
    await bridge.publish([wrong, OrderPlaced({ total: 1 })]);
    expect(bridge.history.events()).toHaveLength(2);
    const issues = [{ path: 'total', message: 'Invalid input: expected number, received string' }];
    expect(bridge.history.records('invalid-detail')).toMatchObject([{ source: 'com.shop', issues }]);
  });

  test('is warned of once a cause', async () => {
    const warnings = captureWarnings();
    await using bridge = bridgeWith({ onInvalidDetail: 'warn' });
    await bridge.publish([wrong, wrong]);
    await bridge.putEvents({ Entries: [OrderPlaced.entry({} as never)] });
    expect(warnings).toEqual([
      'footbridge: The detail of "Order Placed" from com.shop is not valid: total: Invalid input: expected number, received string',
      'footbridge: The detail of "Order Placed" from com.shop is not valid: total: Invalid input: expected number, received undefined',
    ]);
  });

  test('is told to a function, whose error rejects the publish', async () => {
    const records: InvalidDetailRecord[] = [];
    await using bridge = bridgeWith({
      onInvalidDetail: (record) => {
        records.push(record);
        if (records.length > 1) throw new Error('mine');
      },
    });
    await bridge.publish(wrong);
    expect(await rejection(bridge.publish(wrong))).toMatchObject({ message: 'mine' });
    expect(records).toEqual(bridge.history.records('invalid-detail'));
    expect(bridge.history.events()).toHaveLength(1);
  });

  test('is told to observers', async () => {
    await using bridge = bridgeWith();
    const seen: string[] = [];
    bridge.observe('invalid-detail', ({ detailType }) => seen.push(detailType));
    await rejection(bridge.publish(wrong));
    expect(seen).toEqual(['Order Placed']);
  });

  test('is shown with ten issues and ten events at most', async () => {
    const schema = schemaThat(() => ({ issues: Array.from({ length: 12 }, (_, i) => ({ message: `issue ${i}` })) }));
    const Bad = defineEvent('a', 'b', schema);
    await using bridge = createBridge({ events: [Bad] });
    const error = (await rejection(bridge.publish(Array.from({ length: 12 }, () => Bad({}))))) as InvalidDetailError;
    expect(error.failures.map(({ issues }) => issues.length)).toEqual(Array.from({ length: 12 }, () => 12));
    expect(error.message.split('\n')).toHaveLength(1 + 10 * 12 + 1);
    expect(error.message).toMatch(/and 2 more\n {2}and 2 events more$/);
  });
});

describe('A bad detail that comes in by PutEvents or inject', () => {
  const envelope = { source: 'com.shop', 'detail-type': 'Order Placed', detail: { total: 'much' } };

  test('stays in and is recorded with the id of its event', async () => {
    await using bridge = bridgeWith();
    const answer = await bridge.putEvents({ Entries: [OrderPlaced.entry({ total: 'much' as never })] });
    expect(answer.FailedEntryCount).toBe(0);
    const id = await bridge.inject(envelope);
    await bridge.idle();
    expect(bridge.history.records('invalid-detail')).toMatchObject([
      { eventId: answer.Entries[0]?.EventId, issues: [{ path: 'total' }] },
      { eventId: id, detail: { total: 'much' } },
    ]);
  });

  test('makes the next idle reject with what the function of the options throws', async () => {
    await using bridge = bridgeWith({
      onInvalidDetail: ({ issues }) => {
        throw new Error(`bad ${issues[0]?.path}`);
      },
    });
    await bridge.inject(envelope);
    await expect(bridge.idle()).rejects.toThrow('bad total');
    expect(bridge.history.events()).toHaveLength(1);
  });

  test('is recorded of an asynchronous schema too', async () => {
    await using bridge = bridgeWith();
    await bridge.putEvents({ Entries: [Refunded.entry({} as never)] });
    await bridge.idle();
    expect(bridge.history.records('invalid-detail')).toMatchObject([
      { detailType: 'Refunded', issues: [{ path: 'ids' }] },
    ]);
  });

  test('is recorded on the first of two buses only', async () => {
    await using bridge = bridgeWith({ buses: ['next'] });
    await bridge.putRule({ Name: 'on', EventPattern: JSON.stringify(OrderPlaced.pattern) });
    const arn = 'arn:aws:events:us-east-1:123456789012:event-bus/next';
    await bridge.putTargets({ Rule: 'on', Targets: [{ Id: '1', Arn: arn, RoleArn }] });
    await bridge.inject(envelope);
    await bridge.idle();
    expect(bridge.history.records('accepted').map(({ bus }) => bus)).toEqual(['default', 'next']);
    expect(bridge.history.records('invalid-detail').map(({ bus }) => bus)).toEqual(['default']);
  });

  test('leaves the history with its event', async () => {
    await using bridge = bridgeWith({ history: 1 });
    await bridge.inject(envelope);
    await bridge.inject({ ...envelope, detail: { total: 1 } });
    expect(bridge.history.records().map(({ kind }) => kind)).toEqual(['accepted', 'unmatched']);
    await rejection(bridge.publish(wrong));
    expect(bridge.history.records().map(({ kind }) => kind)).toEqual(['invalid-detail']);
  });
});

describe('What is checked', () => {
  test('is the JSON, and it is sent as it was given', async () => {
    const schema = z.object({
      at: z.iso.datetime(),
      currency: z.string().default('EUR'),
      n: z.string().transform(Number),
    });
    const Priced = defineEvent('com.shop', 'Priced', schema);
    await using bridge = createBridge({ events: [Priced] });
    await bridge.publish(Priced({ at: new Date(0) as never, n: '5' }));
    expect(bridge.history.events()[0]?.detail).toEqual({ at: '1970-01-01T00:00:00.000Z', n: '5' });
    expect(await rejection(bridge.publish(Priced({ at: 'today', n: '5' })))).toBeInstanceOf(InvalidDetailError);
  });

  test('cannot be changed by the schema', async () => {
    const meddling = schemaThat((value) => ({ value: Object.assign(value as object, { more: true }) }));
    const Meddled = defineEvent('a', 'b', meddling);
    await using bridge = createBridge({ events: [Meddled] });
    await bridge.publish(Meddled({}));
    await bridge.inject({ source: 'a', 'detail-type': 'b' });
    expect(bridge.history.events().map(({ detail }) => detail)).toEqual([{}, {}]);
  });

  test('is decided at once where no schema is asynchronous', async () => {
    await using bridge = bridgeWith();
    const published = bridge.publish(OrderPlaced({ total: 1 }));
    expect(bridge.history.events()).toHaveLength(1);
    await published;
  });

  test('is nothing where a definition has no schema', async () => {
    await using bridge = bridgeWith();
    await bridge.publish(Shipped({ parcel: 5 as never }));
    expect(bridge.history.records('invalid-detail')).toEqual([]);
  });

  test('is left to PutEvents where it is no JSON object', async () => {
    await using bridge = bridgeWith();
    expect(await rejection(bridge.publish(OrderPlaced([] as never)))).toMatchObject({
      name: 'PutEventsError',
      failures: [{ errorCode: 'MalformedDetail' }],
    });
  });
});

describe('A schema that misbehaves', () => {
  const misbehaving: readonly (readonly [string, (value: unknown) => unknown, string])[] = [
    [
      'throws',
      () => {
        throw new Error('no');
      },
      'The schema failed: Error: no',
    ],
    ['rejects', () => Promise.reject(new Error('no')), 'The schema failed: Error: no'],
    ['answers nothing', () => undefined, 'The schema failed: TypeError: '],
    ['returns issues that are not a list', () => ({ issues: 5 }), 'The schema rejects it without an issue.'],
    ['names no issue', () => ({ issues: [] }), 'The schema rejects it without an issue.'],
    ['answers an issue of null', async () => ({ issues: [null] }), 'The schema failed: TypeError: '],
    [
      'has a path of symbols',
      () => ({ issues: [{ message: 'x', path: [Symbol('s'), { key: 1 }] }] }),
      'Symbol(s).1: x',
    ],
  ];

  test.each(misbehaving)('refuses the detail: it %s', async (_, validate, message) => {
    const Bad = defineEvent('a', 'b', schemaThat(validate));
    await using bridge = createBridge({ events: [Bad] });
    const error = await rejection(bridge.publish(Bad({})));
    expect(error).toMatchObject({ message: expect.stringContaining(message) });
    await bridge.inject({ source: 'a', 'detail-type': 'b' });
    await bridge.idle();
    expect(bridge.history.records('invalid-detail')).toHaveLength(2);
  });
});
