import { describe, expect, test } from 'vitest';
import { createBridge, type PutEventsRequest, type PutEventsRequestEntry } from '../../src/index.js';

const good = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{}' };
const printed =
  'PutEventsRequestEntry(time=null, source=core.update-account-command, resources=null, detailType=core.update-account-command, detail={"command": "update-account", "payload": {"acc_id": "0a787ecb-4015", "sf_id": "baz"}}, eventBusName=orders, traceHeader=null, kmsKeyIdentifier=null, internalMetadata=null)';
const busNames = '(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[\\.\\-_A-Za-z0-9]+';

describe('A PutEvents call', () => {
  test('of eleven entries is refused with all of them printed, as recorded from the service', async () => {
    await using bridge = createBridge();
    const entry = {
      Source: 'core.update-account-command',
      DetailType: 'core.update-account-command',
      Detail: '{"command": "update-account", "payload": {"acc_id": "0a787ecb-4015", "sf_id": "baz"}}',
      EventBusName: 'orders',
    };
    await expect(bridge.putEvents({ Entries: Array.from({ length: 11 }, () => entry) })).rejects.toMatchObject({
      name: 'ValidationException',
      message: `1 validation error detected: Value '[${Array.from({ length: 11 }, () => printed).join(', ')}]' at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10`,
      $fault: 'client',
      $metadata: { httpStatusCode: 400 },
    });
    expect(bridge.history.records()).toEqual([]);
  });

  test('prints resources and times where it prints entries', async () => {
    await using bridge = createBridge();
    const entry = { ...good, Resources: ['a', 'b'], Time: new Date(0) };
    await expect(bridge.putEvents({ Entries: Array.from({ length: 11 }, () => entry) })).rejects.toThrow(
      'time=1970-01-01T00:00:00Z, source=com.shop, resources=[a, b], detailType=Order Placed',
    );
  });

  test.each<[string, unknown, string]>([
    [
      'no entries',
      { Entries: [] },
      "1 validation error detected: Value '[]' at 'entries' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'nothing',
      {},
      "1 validation error detected: Value null at 'entries' failed to satisfy constraint: Member must not be null",
    ],
    [
      'a malformed bus name',
      { Entries: [good, { ...good, EventBusName: 'a b' }] },
      `1 validation error detected: Value 'a b' at 'entries.2.member.eventBusName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${busNames}`,
    ],
    [
      'a malformed bus ARN',
      { Entries: [{ ...good, EventBusName: 'arn:aws:events:us-east-1:1:event-bus/x' }] },
      `1 validation error detected: Value 'arn:aws:events:us-east-1:1:event-bus/x' at 'entries.1.member.eventBusName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${busNames}`,
    ],
    [
      'an empty bus name, pattern before length',
      { Entries: [{ ...good, EventBusName: '' }] },
      `2 validation errors detected: Value '' at 'entries.1.member.eventBusName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${busNames}; Value '' at 'entries.1.member.eventBusName' failed to satisfy constraint: Member must have length greater than or equal to 1`,
    ],
    [
      'a malformed endpoint',
      { Entries: [good], EndpointId: 'abc' },
      "1 validation error detected: Value 'abc' at 'endpointId' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[A-Za-z0-9\\-]+[\\.][A-Za-z0-9\\-]+$",
    ],
  ])('with %s is refused with the sentence of the constraint', async (_, input, message) => {
    await using bridge = createBridge();
    await expect(bridge.putEvents(input as PutEventsRequest)).rejects.toMatchObject({
      name: 'ValidationException',
      message,
    });
  });

  test('is refused if a resource is longer than 2,048 characters', async () => {
    await using bridge = createBridge();
    await expect(bridge.putEvents({ Entries: [{ ...good, Resources: ['a', 'b'.repeat(2049)] }] })).rejects.toThrow(
      "at 'entries.1.member.resources' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 2048]",
    );
  });

  test('with an endpoint is answered as one without', async () => {
    await using bridge = createBridge();
    expect(await bridge.putEvents({ Entries: [good], EndpointId: 'abcde.veo' })).toMatchObject({ FailedEntryCount: 0 });
  });
});

describe('The size of a PutEvents call', () => {
  const tooLarge = {
    name: 'ValidationException',
    message: 'Total size of the entries in the request is over the limit.',
  };
  const sized = (bytes: number, more: PutEventsRequestEntry = {}): PutEventsRequestEntry => {
    return { Source: 's', DetailType: 't', Detail: `{"a":"${'x'.repeat(bytes - 2 - '{"a":""}'.length)}"}`, ...more };
  };

  test('must be less than 1 MiB', async () => {
    await using bridge = createBridge();
    await expect(bridge.putEvents({ Entries: [sized(1_048_576)] })).rejects.toMatchObject(tooLarge);
    expect(await bridge.putEvents({ Entries: [sized(1_048_575)] })).toMatchObject({ FailedEntryCount: 0 });
  });

  test('is that of all entries together, and of too many none is delivered', async () => {
    await using bridge = createBridge({ limits: { requestBytes: 1000 } });
    await expect(bridge.putEvents({ Entries: [sized(500), sized(500)] })).rejects.toMatchObject(tooLarge);
    expect(bridge.history.events()).toEqual([]);
    expect(await bridge.putEvents({ Entries: [sized(500), sized(499)] })).toMatchObject({ FailedEntryCount: 0 });
  });

  test.each<[string, PutEventsRequestEntry, number]>([
    ['14 bytes for a Time', { Time: 0 }, 14],
    ['the bytes of each resource', { Resources: ['é', '😀'] }, 6],
    ['nothing for the bus', { EventBusName: 'default' }, 0],
    ['nothing for the trace header', { TraceHeader: 'Root=1' }, 0],
    ['a lone surrogate as three bytes', { Source: 's\ud800' }, 3],
  ])('counts %s', async (_, more, bytes) => {
    await using bridge = createBridge({ limits: { requestBytes: 1000 } });
    await expect(bridge.putEvents({ Entries: [sized(1000 - bytes, more)] })).rejects.toMatchObject(tooLarge);
    expect(await bridge.putEvents({ Entries: [sized(999 - bytes, more)] })).toMatchObject({ FailedEntryCount: 0 });
  });

  test('counts entries that are refused too', async () => {
    await using bridge = createBridge({ limits: { requestBytes: 1000 } });
    await expect(bridge.putEvents({ Entries: [sized(600), { Detail: 'x'.repeat(400) }] })).rejects.toMatchObject(
      tooLarge,
    );
  });
});
