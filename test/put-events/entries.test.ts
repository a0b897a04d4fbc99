import { describe, expect, test } from 'vitest';
import { createBridge, type PutEventsRequestEntry } from '../../src/index.js';

const good = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{}' };
const required = (name: string) => `Parameter ${name} is not valid. Reason: ${name} is a required argument.`;

// Recorded from the service by LocalStack's validated tests, but for the rows marked otherwise.
const refused: [string, PutEventsRequestEntry, string, string][] = [
  ['no Source', { DetailType: 't', Detail: '{}' }, 'InvalidArgument', required('Source')],
  ['an empty Source', { ...good, Source: '' }, 'InvalidArgument', required('Source')],
  ['no DetailType', { Source: 's', Detail: '{}' }, 'InvalidArgument', required('DetailType')],
  ['an empty DetailType', { ...good, DetailType: '' }, 'InvalidArgument', required('DetailType')],
  ['no Detail', { Source: 's', DetailType: 't' }, 'InvalidArgument', required('Detail')],
  ['an empty Detail', { ...good, Detail: '' }, 'InvalidArgument', required('Detail')],
  ['nothing at all', {}, 'InvalidArgument', required('Source')],
  ['only a Source', { Source: 's' }, 'InvalidArgument', required('DetailType')],
  ['a Detail that is no JSON', { ...good, Detail: 'NotJSON' }, 'MalformedDetail', 'Detail is malformed.'],
  ['a Detail that is an array', { ...good, Detail: '[]' }, 'MalformedDetail', 'Detail is malformed.'],
  ['a Detail with a brace too many', { ...good, Detail: '{{}' }, 'MalformedDetail', 'Detail is malformed.'],
  ['a Detail that is a JSON string', { ...good, Detail: '"NotJSON"' }, 'MalformedDetail', 'Detail is malformed.'],
  ['a Detail that is null', { ...good, Detail: 'null' }, 'MalformedDetail', 'Detail is malformed.'],
  ['text behind the Detail', { ...good, Detail: '{} x' }, 'MalformedDetail', 'Detail is malformed.'],
  [
    'a Source of AWS',
    { ...good, Source: 'aws.s3' },
    'NotAuthorizedForSourceException',
    'Not authorized for the source.',
  ],
  // Footbridge's choices: nobody recorded these.
  [
    'a wrong Detail of an AWS Source',
    { ...good, Source: 'aws.s3', Detail: '[]' },
    'MalformedDetail',
    'Detail is malformed.',
  ],
  ['a Detail of 1,001 levels', { ...good, Detail: nested(1001) }, 'MalformedDetail', 'Detail is malformed.'],
  ['a Detail of 100,000 levels', { ...good, Detail: nested(100_000) }, 'MalformedDetail', 'Detail is malformed.'],
  [
    'a DetailType of 129 characters',
    { ...good, DetailType: 'x'.repeat(129) },
    'InvalidArgument',
    'Parameter DetailType is not valid. Reason: DetailType must not be longer than 128 characters.',
  ],
];

const accepted: [string, PutEventsRequestEntry][] = [
  ['an empty object', good],
  ['1,000 levels', { ...good, Detail: nested(1000) }],
  ['duplicate keys', { ...good, Detail: '{"a":1,"a":2}' }],
  ['integers beyond 64 bits', { ...good, Detail: '{"a":123456789012345678901234567890}' }],
  ['a DetailType of 128 characters', { ...good, DetailType: 'x'.repeat(128) }],
  ['a Source that only begins like one of AWS', { ...good, Source: 'awsome' }],
  ['a lone surrogate', { ...good, Detail: '{"a":"\ud800"}', Source: '\udc00' }],
  ['keys that JavaScript knows', { ...good, Detail: '{"__proto__":{"x":1},"constructor":2,"toString":3}' }],
  ['members that are null', { ...good, Resources: null, Time: null, EventBusName: null, TraceHeader: null } as never],
  ['members that nobody knows', { ...good, Unknown: 1 } as never],
  ['a malformed trace header', { ...good, TraceHeader: 'nonsense' }],
];

describe('An entry of PutEvents', () => {
  test.each(refused)('with %s is refused alone', async (_, entry, code, message) => {
    await using bridge = createBridge();
    const answer = await bridge.putEvents({ Entries: [entry] });
    expect(answer).toEqual({ FailedEntryCount: 1, Entries: [{ ErrorCode: code, ErrorMessage: message }] });
    expect(bridge.history.events()).toEqual([]);
    expect(bridge.history.rejected()).toMatchObject([
      { index: 0, bus: 'default', errorCode: code, errorMessage: message, entry },
    ]);
  });

  test.each(accepted)('with %s is accepted', async (_, entry) => {
    await using bridge = createBridge();
    const { FailedEntryCount, Entries } = await bridge.putEvents({ Entries: [entry] });
    expect(FailedEntryCount).toBe(0);
    expect(Entries).toEqual([{ EventId: bridge.history.events()[0]?.id }]);
  });

  test('that is bad harms no good one beside it', async () => {
    await using bridge = createBridge();
    const { FailedEntryCount, Entries } = await bridge.putEvents({
      Entries: [good, { DetailType: 't', Detail: '{}' }, good, { ...good, Detail: '"jsonstring"' }],
    });
    expect(FailedEntryCount).toBe(2);
    expect(Entries.map((entry) => Object.keys(entry))).toEqual([
      ['EventId'],
      ['ErrorCode', 'ErrorMessage'],
      ['EventId'],
      ['ErrorCode', 'ErrorMessage'],
    ]);
    expect(bridge.history.events().map(({ id }) => id)).toEqual([Entries[0]?.EventId, Entries[2]?.EventId]);
  });

  test('gets an id of its own', async () => {
    await using bridge = createBridge();
    const ids = new Set<string | undefined>();
    for (let call = 0; call < 20; call++) {
      const { Entries } = await bridge.putEvents({ Entries: Array.from({ length: 10 }, () => good) });
      for (const { EventId } of Entries) ids.add(EventId);
    }
    expect(ids.size).toBe(200);
  });
});

function nested(levels: number): string {
  return `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;
}
