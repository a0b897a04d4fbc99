import { describe, expect, test } from 'vitest';
import { type Bridge, createBridge, type Snapshot } from '../../src/index.js';
import { bill, event, home, putResources, replayAll, ruleTo, sqs, world } from './snapshot-world.js';

/** What the list and describe operations answer. */
async function told(bridge: Bridge) {
  return {
    buses: await bridge.listEventBuses(),
    orders: await bridge.describeEventBus({ Name: 'orders' }),
    rules: [await bridge.listRules(), await bridge.listRules({ EventBusName: 'orders' })],
    targets: await bridge.listTargetsByRule({ Rule: 'r' }),
    tags: await bridge.listTagsForResource({ ResourceARN: `${home}:rule/r` }),
    connection: await bridge.describeConnection({ Name: 'shop' }),
    destinations: await bridge.listApiDestinations(),
    archive: await bridge.describeArchive({ ArchiveName: 'all' }),
    replay: await bridge.describeReplay({ ReplayName: 'again' }),
    messages: bridge.queue('q').messages,
    logs: bridge.logs('/aws/events/all').events,
    now: bridge.clock.now(),
  };
}

async function everything(bridge: Bridge): Promise<void> {
  await bridge.createEventBus({ Name: 'orders', Description: 'd', Tags: [{ Key: 'a', Value: 'b' }] });
  await bridge.putPermission({
    EventBusName: 'orders',
    StatementId: 's',
    Action: 'events:PutEvents',
    Principal: '111122223333',
  });
  await ruleTo(bridge, sqs('q'));
  await bridge.putTargets({
    Rule: 'r',
    Targets: [{ Id: '2', Arn: 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/events/all' }],
  });
  await bridge.putRule({ Name: 'tick', ScheduleExpression: 'rate(5 minutes)' });
  await bridge.tagResource({ ResourceARN: `${home}:rule/r`, Tags: [{ Key: 'a', Value: 'b' }] });
  await putResources(bridge);
  await bridge.publish([event, { ...event, detail: { s: '\ud800' } }]);
  await replayAll(bridge);
  await bridge.idle();
  bridge.queue('q').receive();
}

/** Valid JSON, of which neither String nor a template makes a text. */
const textless = { toString: null, valueOf: null };

function withPart(part: object) {
  return (snapshot: Snapshot) => ({ ...snapshot, ...part });
}

describe('A snapshot', () => {
  test.each<[string, (value: object) => unknown]>([
    ['as it is', (value) => value],
    ['by way of JSON', (value) => JSON.parse(JSON.stringify(value))],
    ['by structuredClone', (value) => structuredClone(value)],
  ])('makes another bridge hold the same: %s', async (_, carry) => {
    const { bridge, clock } = world();
    await using _first = bridge;
    await everything(bridge);
    await clock.advance('3m');
    const snapshot = bridge.snapshot();
    expect(carry(snapshot)).toEqual(snapshot);
    const other = world({ buses: ['more'] });
    await using _second = other.bridge;
    other.bridge.restore(carry(snapshot) as typeof snapshot);
    expect(await told(other.bridge)).toEqual(await told(bridge));
    expect(other.bridge.snapshot()).toEqual(snapshot);
    await expect(other.bridge.describeEventBus({ Name: 'more' })).rejects.toThrow('does not exist');
    // The schedule, the archive and the queue go on.
    await other.clock.advance('2m');
    expect(other.bridge.history.events()).toMatchObject([
      { 'detail-type': 'Scheduled Event', time: '2026-01-01T00:05:00Z' },
    ]);
    expect(await other.bridge.describeArchive({ ArchiveName: 'all' })).toMatchObject({ EventCount: 3 });
    expect(
      other.bridge
        .queue('q')
        .receive({ max: 10 })
        .map(({ receiveCount }) => receiveCount),
    ).toEqual([2, 1, 1, 1]);
    await other.bridge.publish(event);
    await other.bridge.idle();
    expect(other.bridge.queue('q').messages.at(-1)?.id).toBe('message-5');
  });

  test('is not changed by what the bridge does, nor the bridge by who changes it', async () => {
    const { bridge } = world();
    await using _ = bridge;
    await everything(bridge);
    const snapshot = bridge.snapshot();
    const text = JSON.stringify(snapshot);
    await bridge.publish(event);
    await bridge.deleteArchive({ ArchiveName: 'all' });
    bridge.queue('q').purge();
    await bridge.idle();
    expect(JSON.stringify(snapshot)).toBe(text);
    bridge.restore(snapshot);
    const archived = snapshot.state.archives[0]?.events[0] as { detail: string };
    archived.detail = '{"n":2}';
    expect(JSON.stringify(bridge.snapshot())).toBe(text);
  });

  test('brings a bridge back to where it was, with its functions and subscriptions', async () => {
    const { bridge, clock } = world({ buses: ['orders'] });
    await using _ = bridge;
    const seen: string[] = [];
    bridge.handle('bill', () => void seen.push('bill'));
    const subscription = bridge.on({ source: ['com.shop'] }, () => void seen.push('on'));
    const snapshot = bridge.snapshot();
    await ruleTo(bridge, bill);
    bridge.bus('later').on({ source: ['com.shop'] }, () => expect.unreachable());
    await clock.advance('1d');
    bridge.restore(snapshot);
    expect(clock.now()).toBe(Date.UTC(2026, 0, 1));
    expect(await bridge.listRules()).toEqual({ Rules: [] });
    await bridge.createEventBus({ Name: 'later' });
    await bridge.bus('later').publish(event);
    await bridge.publish(event);
    await bridge.idle();
    expect(seen).toEqual(['on']);
    subscription.dispose();
    await ruleTo(bridge, bill);
    await bridge.publish(event);
    await bridge.idle();
    expect(seen).toEqual(['on', 'bill']);
  });

  test('takes no time from a bridge whose clock is none of its own', async () => {
    const { bridge, clock } = world();
    await using _ = bridge;
    await clock.advance('1h');
    const now = Date.UTC(2026, 5, 1);
    await using other = createBridge({ clock: { now: () => now } });
    other.restore(bridge.snapshot());
    expect(other.clock.now()).toBe(now);
    expect(other.snapshot().time).toBe('2026-06-01T00:00:00.000Z');
  });

  test.each<[string, unknown, string]>([
    ['undefined', undefined, 'it is no snapshot of a bridge, but undefined'],
    ['a text', '{}', 'it is no snapshot of a bridge, but a string'],
    ['another object', { version: 1 }, 'it is no snapshot of a bridge, but an object'],
    ['what has no text', { toJSON: () => 1n }, 'it has no JSON text'],
    ['another version', withPart({ version: 2 }), 'it is of version 2, and this Footbridge reads version 1'],
    [
      'another account',
      withPart({ account: '111122223333' }),
      'it is of account 111122223333 in us-east-1, and the bridge is of account 123456789012 in us-east-1',
    ],
    ['a version that has no text', withPart({ version: textless }), 'it is of version an object, and this'],
    ['an account that has no text', withPart({ account: textless }), 'it is of account an object in us-east-1, and'],
    ['no time', withPart({ time: 'soon' }), 'it is damaged: time must be an ISO text from 1970 to 9999, but is "soon"'],
    ['a time that is null', withPart({ time: null }), 'it is damaged: time must be an ISO text'],
    ['a time that is true', withPart({ time: true }), 'it is damaged: time must be an ISO text'],
    ['a time that has no text', withPart({ time: textless }), 'it is damaged: time must be an ISO text'],
    ['a time that no clock has', withPart({ time: '1950-01-01T00:00:00.000Z' }), 'it is damaged: time must be an ISO'],
    ['no state', withPart({ state: null }), 'it is damaged: state must be an object, but is null'],
    [
      'a target without an ARN',
      (snapshot: Snapshot) => JSON.parse(JSON.stringify(snapshot).replace('"Arn":"arn:aws:sqs', '"Bad":"arn:aws:sqs')),
      'it is damaged: state.rules[0].Targets[0].Arn must be a string, but is undefined',
    ],
    [
      'a pattern that is none',
      (snapshot: Snapshot) => JSON.parse(JSON.stringify(snapshot).replace('{\\"source\\":[', '{\\"source\\":[[')),
      'it is damaged: InvalidEventPatternException: Event pattern is not valid',
    ],
    [
      'no default bus',
      ({ state, ...rest }: Snapshot) => ({ ...rest, state: { ...state, buses: [] } }),
      'it is damaged: there is no default bus',
    ],
  ])('is refused, and nothing is changed: %s', async (_, change, reason) => {
    const { bridge, clock } = world();
    await using _bridge = bridge;
    await ruleTo(bridge, sqs('q'));
    await clock.advance('1m');
    const snapshot = bridge.snapshot();
    const changed = typeof change === 'function' ? change(snapshot) : change;
    await clock.advance('1m');
    await bridge.publish(event);
    expect(() => bridge.restore(changed as never)).toThrow(
      expect.objectContaining({
        name: 'ValidationException',
        message: expect.stringContaining(`The snapshot cannot be restored: ${reason}`),
      }),
    );
    expect(clock.now()).toBe(Date.UTC(2026, 0, 1, 0, 2));
    await bridge.idle();
    expect(bridge.queue('q').messages).toHaveLength(1);
  });

  test('is refused by a bridge that is closed', async () => {
    const { bridge } = world();
    const snapshot = bridge.snapshot();
    await bridge.close();
    expect(() => bridge.snapshot()).toThrow('The bridge is closed.');
    expect(() => bridge.restore(snapshot)).toThrow('The bridge is closed.');
  });
});
