import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBridge, type PutEventsResponse, ServiceError } from '../../src/index.js';

const entry = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{}' };
const cyclic: { Entries?: unknown } = {};
cyclic.Entries = [cyclic];

function throwing(): never {
  throw new RangeError('never shown');
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return proxy;
}

class Request {
  get Entries(): unknown {
    return [entry];
  }
}

const refused: [string, unknown, string][] = [
  ['null', null, 'The input must be an object, but is null.'],
  ['a text', 'x', 'The input must be an object, but is a string.'],
  ['a list', [], 'The input must be an object, but is an array.'],
  ['a function', throwing, 'The input must be an object, but is a function.'],
  ['Entries that are no list', { Entries: {} }, "Member 'entries' must be a list, but is an object."],
  ['an entry that is null', { Entries: [null] }, "Member 'entries.1.member' must be an object, but is null."],
  ['a hole for an entry', { Entries: new Array(1) }, "Member 'entries.1.member' must be an object, but is undefined."],
  [
    'a Detail that is an object',
    { Entries: [{ ...entry, Detail: { a: 1 } }] },
    "Member 'entries.1.member.detail' must be a string, but is an object.",
  ],
  [
    'a Source that is a number',
    { Entries: [{ ...entry, Source: 1 }] },
    "Member 'entries.1.member.source' must be a string, but is a number.",
  ],
  [
    'a Source that is a Symbol',
    { Entries: [{ ...entry, Source: Symbol('x') }] },
    "Member 'entries.1.member.source' must be a string, but is a symbol.",
  ],
  [
    'a Source that is a BigInt',
    { Entries: [{ ...entry, Source: 1n }] },
    "Member 'entries.1.member.source' must be a string, but is a bigint.",
  ],
  [
    'Resources of numbers',
    { Entries: [{ ...entry, Resources: ['a', 1] }] },
    "Member 'entries.1.member.resources.2.member' must be a string, but is a number.",
  ],
  [
    'a getter that throws',
    {
      get Entries() {
        return throwing();
      },
    },
    'The input cannot be read: one of its members throws an error.',
  ],
  [
    'a Proxy that throws',
    new Proxy({}, { get: throwing }),
    'The input cannot be read: one of its members throws an error.',
  ],
  ['a revoked Proxy', revoked(), 'The input cannot be read: one of its members throws an error.'],
  [
    'four billion entries',
    { Entries: new Array(4_000_000_000) },
    "Member 'entries' has 4000000000 members, more than are read.",
  ],
  ...[Number.NaN, Number.POSITIVE_INFINITY, 1767323045678, 'yesterday', '2026-02-30T00:00:00Z', true, {}].map(
    (Time): [string, unknown, string] => [
      `the Time ${Time}`,
      { Entries: [{ ...entry, Time }] },
      "Member 'entries.1.member.time' must be a Date, ",
    ],
  ),
];

describe('Hostile input', () => {
  test.each(refused)('such as %s is refused with a clear sentence', async (_, input, message) => {
    await using bridge = createBridge();
    const error: unknown = await bridge.putEvents(input as never).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ServiceError);
    expect(error).toMatchObject({ name: 'ValidationException', message: expect.stringContaining(message) });
    expect(bridge.history.records()).toEqual([]);
  });

  test('that contains itself is read no further than the API goes', async () => {
    await using bridge = createBridge();
    expect(await bridge.putEvents(cyclic as never)).toMatchObject({ Entries: [{ ErrorCode: 'InvalidArgument' }] });
  });

  test('may be of a class, or inherit from Object.prototype nothing at all', async () => {
    await using bridge = createBridge();
    expect(await bridge.putEvents(new Request() as never)).toMatchObject({ FailedEntryCount: 0 });
    expect(await bridge.putEvents(Object.assign(Object.create(null), { Entries: [entry] }))).toMatchObject({
      FailedEntryCount: 0,
    });
  });

  test('is read once: what changes later changes nothing', async () => {
    await using bridge = createBridge();
    const mine = { ...entry, Resources: ['a'] };
    await bridge.putEvents({ Entries: [mine] });
    mine.Resources.push('b');
    mine.Source = 'other';
    expect(bridge.history.events()).toMatchObject([{ source: 'com.shop', resources: ['a'] }]);
  });

  test.each(['PutRule', 'toString', '__proto__', 'constructor', 1, null, undefined, Symbol('x'), {}])(
    'for the name of an operation is refused or performed',
    async (name) => {
      await using bridge = createBridge();
      await expect(bridge.invoke(name as never, {} as never)).rejects.toMatchObject({
        name: name === 'PutRule' ? 'ValidationException' : 'UnknownOperationException',
      });
    },
  );

  test('of any kind gets an answer of the right shape or a ServiceError', async () => {
    await using bridge = createBridge();
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSparseArray: true,
      withTypedArray: true,
    });
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.constantFrom('', '{}', 'aws.x', 'default'),
      anything,
    );
    const anEntry = fc.record(
      {
        Source: text,
        DetailType: text,
        Detail: text,
        EventBusName: fc.oneof(fc.constantFrom('default', 'orders'), text),
        Resources: fc.oneof(fc.array(fc.string()), anything),
        Time: fc.oneof(fc.date({ noInvalidDate: false }), fc.double(), fc.string(), anything),
        TraceHeader: text,
      },
      { requiredKeys: [] },
    );
    const request = fc.oneof(
      anything,
      fc.record({
        Entries: fc.oneof(anything, fc.array(fc.oneof(anEntry, anything), { maxLength: 12 })),
        EndpointId: anything,
      }),
      fc.record({ Entries: fc.array(anEntry, { minLength: 1, maxLength: 10 }) }),
    );
    await fc.assert(
      fc.asyncProperty(request, async (input) => {
        const answer: unknown = await bridge.putEvents(input as never).catch((reason: unknown) => reason);
        if (answer instanceof Error) {
          expect(answer).toBeInstanceOf(ServiceError);
          expect(answer.name).toBe('ValidationException');
          return;
        }
        const { Entries, FailedEntryCount } = answer as PutEventsResponse;
        expect(Entries).toHaveLength((input as { Entries: unknown[] }).Entries.length);
        expect(Entries.filter(({ ErrorCode }) => ErrorCode !== undefined)).toHaveLength(FailedEntryCount);
        for (const { EventId, ErrorCode } of Entries) expect([EventId, ErrorCode].filter(Boolean)).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
    for (const event of bridge.history.events()) expect(JSON.parse(JSON.stringify(event))).toEqual(event);
  });
});
