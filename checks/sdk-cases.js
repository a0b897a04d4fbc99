// What must hold of every SDK and of every way to reach a bridge. Used by test/aws-sdk with the newest SDK and by
// check-sdks.js with others. A case gets `open(options)`, which makes a bridge and connects to it, and the SDK.
import assert from 'node:assert/strict';

const entry = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{"name":"é😀"}' };
const EventPattern = '{"source":["com.shop"]}';
const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const cases = [
  {
    name: 'puts events that arrive, with the time it gives them',
    async run({ open }) {
      const { bridge, call } = open();
      const seen = [];
      bridge.on({ source: ['com.shop'] }, ({ id, detail, time }) => seen.push({ id, detail, time }));
      const answer = await call('PutEvents', { Entries: [{ ...entry, Time: new Date('2026-01-02T03:04:05Z') }] });
      assert.equal(answer.FailedEntryCount, 0);
      await bridge.idle();
      const id = answer.Entries[0].EventId;
      assert.deepEqual(seen, [{ id, detail: { name: 'é😀' }, time: '2026-01-02T03:04:05Z' }]);
    },
  },
  {
    name: 'is told of the entries that failed, each in its place',
    async run({ open }) {
      const { bridge, call } = open();
      bridge.faults.putEvents({ code: 'InternalFailure', message: 'Not now.', entry: 2 });
      const answer = await call('PutEvents', { Entries: [entry, { Source: 'a' }, entry, entry] });
      // Older SDKs name every member that an entry could have.
      const { Entries, FailedEntryCount } = JSON.parse(JSON.stringify(answer));
      assert.equal(FailedEntryCount, 2);
      assert.match(Entries[0].EventId, uuid);
      assert.deepEqual(Entries[1], {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: 'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
      });
      assert.deepEqual(Entries[2], { ErrorCode: 'InternalFailure', ErrorMessage: 'Not now.' });
      assert.match(Entries[3].EventId, uuid);
    },
  },
  {
    name: 'finds the metadata of an answer',
    async run({ open }) {
      const { $metadata } = await open().call('PutEvents', { Entries: [entry] });
      assert.equal($metadata.httpStatusCode, 200);
      assert.match($metadata.requestId, uuid);
      assert.equal($metadata.attempts, 1);
    },
  },
  {
    name: 'makes a bus, a rule and a target that is delivered to',
    async run({ open }) {
      const { bridge, call } = open();
      const on = { EventBusName: 'orders' };
      await call('CreateEventBus', { Name: 'orders' });
      const { RuleArn } = await call('PutRule', { Name: 'big', EventPattern, ...on });
      assert.equal(RuleArn, 'arn:aws:events:us-east-1:123456789012:rule/orders/big');
      await call('PutTargets', { Rule: 'big', ...on, Targets: [{ Id: '1', Arn }] });
      assert.equal((await call('ListRules', on)).Rules[0].State, 'ENABLED');
      const billed = [];
      bridge.handle('bill', (event) => billed.push(event.source));
      await call('PutEvents', { Entries: [{ ...entry, ...on }] });
      await bridge.idle();
      assert.deepEqual(billed, ['com.shop']);
      const removed = await call('RemoveTargets', { Rule: 'big', ...on, Ids: ['1'] });
      assert.equal(removed.FailedEntryCount, 0);
      const deleted = await call('DeleteRule', { Name: 'big', ...on });
      assert.equal(deleted.$metadata.httpStatusCode, 200);
    },
  },
  {
    name: 'throws a refusal as the class the SDK has for it',
    async run({ open, sdk }) {
      const error = await failure(open().call('DescribeRule', { Name: 'none' }));
      assert.equal(error.name, 'ResourceNotFoundException');
      assert.equal(error.message, 'Rule none does not exist on EventBus default.');
      assert.ok(error instanceof sdk.ResourceNotFoundException);
      assert.equal(error.$fault, 'client');
      assert.equal(error.$metadata.httpStatusCode, 400);
    },
  },
  {
    name: 'throws a refusal that the SDK has no class for as a service exception',
    async run({ open, sdk, names }) {
      const error = await failure(open().call('PutEvents', { Entries: Array.from({ length: 11 }, () => entry) }));
      assert.equal(error.name, 'ValidationException');
      assert.match(error.message, /^1 validation error detected: Value '\[PutEventsRequestEntry\(/);
      // SDKs before 2023 export no such class.
      const ServiceException = sdk[names.client.replace('Client', 'ServiceException')];
      if (ServiceException !== undefined) assert.ok(error instanceof ServiceException);
    },
  },
  {
    name: 'gets times as Dates',
    // Before, the SDK knew no CreationTime of a bus.
    since: 703,
    async run({ open }) {
      const { call } = open({ clock: { now: () => Date.parse('2026-01-02T03:04:05.678Z') } });
      await call('CreateEventBus', { Name: 'orders' });
      const { CreationTime } = await call('DescribeEventBus', { Name: 'orders' });
      assert.deepEqual(CreationTime, new Date('2026-01-02T03:04:05.678Z'));
    },
  },
  {
    name: 'may name a global endpoint',
    needs: 'global endpoints',
    async run({ open }) {
      const answer = await open().call('PutEvents', { EndpointId: 'abcde.veo', Entries: [entry] });
      assert.equal(answer.FailedEntryCount, 0);
    },
  },
  {
    name: 'is refused at the first attempt, also by what an SDK would try again',
    needs: 'one attempt',
    // The SDK of those months counts a try too few.
    besides: [226, 369],
    async run({ open }) {
      const { bridge, call } = open({ limits: { rulesPerBus: 1 } });
      await call('PutRule', { Name: 'a', EventPattern });
      const error = await failure(call('PutRule', { Name: 'b', EventPattern }));
      assert.equal(error.name, 'LimitExceededException');
      bridge.faults.putEvents({ code: 'ThrottlingException', calls: 1 });
      assert.equal((await failure(call('PutEvents', { Entries: [entry] }))).name, 'ThrottlingException');
      assert.equal((await call('PutEvents', { Entries: [entry] })).FailedEntryCount, 0);
    },
  },
  {
    name: 'puts nothing when its signal has aborted before',
    needs: 'abort',
    async run({ open }) {
      const { bridge, call } = open();
      const error = await failure(call('PutEvents', { Entries: [entry] }, { abortSignal: AbortSignal.abort() }));
      assert.equal(error.name, 'AbortError');
      assert.deepEqual(bridge.history.events(), []);
    },
  },
  {
    name: 'is let go when its signal aborts under way',
    needs: 'abort',
    async run({ open }) {
      const { bridge, call } = open();
      const controller = new AbortController();
      bridge.observe('accepted', () => controller.abort());
      const error = await failure(call('PutEvents', { Entries: [entry] }, { abortSignal: controller.signal }));
      assert.equal(error.name, 'AbortError');
      assert.equal(bridge.history.events().length, 1);
    },
  },
  {
    name: 'calls many times at once',
    async run({ open }) {
      const { bridge, call } = open();
      const calls = Array.from({ length: 50 }, (_, i) =>
        call('PutEvents', { Entries: [{ ...entry, Detail: JSON.stringify({ i }) }] }),
      );
      const ids = (await Promise.all(calls)).map(({ Entries }) => Entries[0].EventId);
      assert.equal(new Set(ids).size, 50);
      assert.equal(bridge.history.events().length, 50);
    },
  },
];

/** The cases that an engine and an SDK can be asked for; `version` is the minor of an SDK, 3.703.0 being 703. */
export function casesFor({ lacks }, version, packageName) {
  const known = packageName === '@aws-sdk/client-cloudwatch-events' ? 0 : version;
  return cases.filter(({ needs, since = 0, besides: [first, last] = [] }) => {
    const isBesides = version >= first && version <= last && !lacks.includes('retries');
    return !lacks.includes(needs) && known >= since && !isBesides;
  });
}

/** Runs one case, and ends whatever it opened. */
export async function runCase({ run }, engine, world) {
  const opened = [];
  const open = (options) => {
    const bridge = world.footbridge.createBridge(options);
    const connection = engine.connect({ ...world, bridge });
    opened.push(connection);
    return { bridge, call: connection.call };
  };
  try {
    await run({ open, sdk: world.sdk, names: world.names });
  } finally {
    for (const { close } of opened) close();
  }
}

async function failure(call) {
  try {
    await call;
  } catch (error) {
    return error;
  }
  return assert.fail('The call was to fail, but was answered.');
}
