import { CloudWatchEventsClient } from '@aws-sdk/client-cloudwatch-events';
import {
  EventBridge,
  EventBridgeClient,
  ListRulesCommand,
  PutEventsCommand,
  PutRuleCommand,
  type ServiceInputTypes,
} from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { retarget } from '../../src/aws-sdk.js';
import { type Bridge, createBridge } from '../../src/index.js';
import { forbidNetwork } from './no-network.js';

const entry = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{}' };
const send = (client: EventBridgeClient) => client.send(new PutEventsCommand({ Entries: [entry] }));
const count = (bridge: Bridge) => bridge.history.events().length;
const ofAws = () => Object.entries(process.env).filter(([name]) => /^AWS_(REGION|PROFILE|.*KEY.*)$/.test(name));

/** Retargets until the test has finished. */
function aim(clientClass: Parameters<typeof retarget>[0], bridge: Bridge = createBridge()) {
  const handle = retarget(clientClass, bridge);
  onTestFinished(() => handle.dispose());
  return { bridge, handle };
}

/** The network of these tests: a client that is not retargeted ends here. */
function production() {
  const handle = vi.fn(async () => {
    throw Object.assign(new Error('production'), { name: 'Production' });
  });
  const client = new EventBridgeClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: { handle } as never,
    maxAttempts: 1,
  });
  return { client, handle };
}

describe('Retargeting a class of clients', () => {
  beforeAll(forbidNetwork);
  beforeEach(() => {
    for (const [name] of ofAws()) vi.stubEnv(name, undefined);
    return () => vi.unstubAllEnvs();
  });

  test('takes over clients built before and after, until it is disposed', async () => {
    const before = production();
    const { bridge, handle } = aim(EventBridgeClient);
    const during = production();
    await send(before.client);
    await send(during.client);
    expect(count(bridge)).toBe(2);
    handle.dispose();
    handle.dispose();
    await expect(send(before.client)).rejects.toThrow('production');
    await expect(send(during.client)).rejects.toThrow('production');
    expect(count(bridge)).toBe(2);
  });

  test('takes over a client that has no region and could not send', async () => {
    const client = new EventBridgeClient({});
    await expect(client.send(new ListRulesCommand({}))).rejects.toThrow('Region is missing');
    const { bridge } = aim(EventBridgeClient);
    await send(client);
    expect(count(bridge)).toBe(1);
  });

  test('leaves clients and classes as they were', async () => {
    const { client } = production();
    const config = { ...client.config };
    const steps = client.middlewareStack.identify();
    const genuine = EventBridgeClient.prototype.send;
    const { handle } = aim(EventBridgeClient);
    await send(client);
    expect({ ...client.config }).toEqual(config);
    expect(client.middlewareStack.identify()).toEqual(steps);
    expect(Object.keys(client).sort()).toEqual(Object.keys(production().client).sort());
    handle.dispose();
    expect(EventBridgeClient.prototype.send).toBe(genuine);
    expect(Object.hasOwn(EventBridgeClient.prototype, 'send')).toBe(false);
  });

  test('is by the last one in force, in whatever order they end', async () => {
    const { client } = production();
    const outer = aim(EventBridgeClient);
    const inner = aim(EventBridgeClient, createBridge({ region: 'eu-central-1' }));
    const last = aim(EventBridgeClient, outer.bridge);
    last.handle.dispose();
    await send(client);
    expect([count(outer.bridge), count(inner.bridge)]).toEqual([0, 1]);
    outer.handle.dispose();
    await send(client);
    expect([count(outer.bridge), count(inner.bridge)]).toEqual([0, 2]);
    inner.handle.dispose();
    await expect(send(client)).rejects.toThrow('production');
  });

  test('is of the class and those that extend it, and of no other', async () => {
    const all = aim(EventBridgeClient);
    const aggregated = aim(EventBridge);
    await new EventBridge({}).putEvents({ Entries: [entry] });
    await send(new EventBridgeClient({}));
    expect([count(all.bridge), count(aggregated.bridge)]).toEqual([1, 1]);
    const handle = vi.fn(async () => {
      throw new Error('elsewhere');
    });
    const other = new CloudWatchEventsClient({ requestHandler: { handle } as never, maxAttempts: 1 });
    await expect(other.send(new ListRulesCommand({}) as never)).rejects.toThrow('elsewhere');
  });

  test('lets a class that extends it run its own send on its own client', async () => {
    const { bridge } = aim(EventBridgeClient);
    class Counting extends EventBridgeClient {
      #sent = 0;
      override send(...input: unknown[]): never {
        this.#sent++;
        return Reflect.apply(EventBridgeClient.prototype.send, this, input) as never;
      }
      get sent() {
        return this.#sent;
      }
    }
    const client = new Counting({});
    await send(client);
    expect([client.sent, count(bridge)]).toEqual([1, 1]);
  });

  test('ends calls under way on the bridge they were sent to', async () => {
    const { client } = production();
    const first = aim(EventBridgeClient);
    const calls = [send(client), send(client)];
    first.handle.dispose();
    const second = aim(EventBridgeClient);
    calls.push(send(client));
    await Promise.all(calls);
    expect([count(first.bridge), count(second.bridge)]).toEqual([2, 1]);
  });

  test('keeps the middleware of the client, whatever it stands beside', async () => {
    const { client } = production();
    const calls: string[] = [];
    const note =
      (name: string) =>
      <Args, Result>(next: (args: Args) => Promise<Result>) =>
      async (args: Args) => {
        calls.push(name);
        return next(args);
      };
    client.middlewareStack.add(note('initialize'), { step: 'initialize' });
    for (const toMiddleware of ['retryMiddleware', 'httpSigningMiddleware', 'awsAuthMiddleware']) {
      client.middlewareStack.addRelativeTo(note(toMiddleware), { relation: 'after', toMiddleware });
    }
    const { bridge } = aim(EventBridgeClient);
    await send(client);
    expect(calls.sort()).toEqual(['awsAuthMiddleware', 'httpSigningMiddleware', 'initialize', 'retryMiddleware']);
    expect(count(bridge)).toBe(1);
  });

  test('reaches a client that keeps its middleware, and leaves it none of its own', async () => {
    const { client } = production();
    Object.assign(client.config, { cacheMiddleware: true });
    await expect(send(client)).rejects.toThrow('production');
    const { bridge, handle } = aim(EventBridgeClient);
    await send(client);
    expect(count(bridge)).toBe(1);
    handle.dispose();
    await expect(send(client)).rejects.toThrow('production');
  });

  test('answers a callback too', async () => {
    const { client } = production();
    aim(EventBridgeClient);
    const called = await new Promise((resolve) => {
      const answer = (error: unknown, data: unknown) => resolve({ error, data });
      void client.send(new PutEventsCommand({ Entries: [entry] }), answer);
    });
    expect(called).toMatchObject({ error: null, data: { FailedEntryCount: 0 } });
  });

  test('asks nobody for credentials, a region or an endpoint', async () => {
    vi.stubEnv('AWS_PROFILE', 'of-nobody');
    const ask = vi.fn(async () => {
      throw new Error('asked');
    });
    const { bridge } = aim(EventBridgeClient);
    await send(new EventBridgeClient({ credentials: ask, region: ask, endpoint: ask }));
    expect(count(bridge)).toBe(1);
    expect(ask).not.toHaveBeenCalled();
  });

  test('attempts a call once, also under fake timers and by a client that would retry', async () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const client = new EventBridgeClient({ maxAttempts: 5, retryMode: 'adaptive' });
    const { bridge } = aim(EventBridgeClient, createBridge({ limits: { rulesPerBus: 1 } }));
    const put = (Name: string) => client.send(new PutRuleCommand({ Name, ScheduleExpression: 'rate(1 day)' }));
    await put('a');
    await expect(put('b')).rejects.toMatchObject({ name: 'LimitExceededException', $metadata: { attempts: 1 } });
    bridge.faults.putEvents({ code: 'InternalException', calls: 1 });
    await expect(send(client)).rejects.toMatchObject({ name: 'InternalException', $metadata: { attempts: 1 } });
    expect((await send(client)).$metadata).toMatchObject({ attempts: 1, totalRetryDelay: 0 });
  });

  test('gets on with a mock of the same class', async () => {
    const { client } = production();
    const { bridge, handle } = aim(EventBridgeClient);
    const mock = mockClient(EventBridgeClient);
    mock.on(PutEventsCommand).resolves({ FailedEntryCount: 7 });
    expect(await send(client)).toEqual({ FailedEntryCount: 7 });
    mock.restore();
    await send(client);
    expect(count(bridge)).toBe(1);
    handle.dispose();
    await expect(send(client)).rejects.toThrow('production');
  });

  test('passes everything on once it has ended below somebody who stands before it', async () => {
    const { client } = production();
    const { bridge, handle } = aim(EventBridgeClient);
    const base = Object.getPrototypeOf(EventBridgeClient.prototype) as {
      send: (command: ServiceInputTypes) => unknown;
    };
    const wrapper = vi.spyOn(base, 'send');
    handle.dispose();
    await expect(send(client)).rejects.toThrow('production');
    expect(wrapper).toHaveBeenCalledOnce();
    const again = aim(EventBridgeClient);
    await send(client);
    expect([count(bridge), count(again.bridge)]).toEqual([0, 1]);
    wrapper.mockRestore();
    again.handle.dispose();
    await expect(send(client)).rejects.toThrow('production');
  });

  test('ends by Symbol.dispose', async () => {
    const { client } = production();
    const { handle } = aim(EventBridgeClient);
    handle[Symbol.dispose]();
    await expect(send(client)).rejects.toThrow('production');
  });

  test.each([
    ['undefined', undefined],
    ['null', null],
    ['a name', 'EventBridgeClient'],
    ['an object', {}],
    ['another class', class Other {}],
    ['a client', production().client],
  ])('needs a class of clients, not %s', (_, value) => {
    expect(() => retarget(value as never, createBridge())).toThrow(
      'retarget needs a class of AWS SDK v3 clients, such as EventBridgeClient.',
    );
  });

  test('needs a bridge, and does nothing without one', () => {
    expect(() => retarget(EventBridgeClient, {} as never)).toThrow(
      'retarget needs a bridge, made by createBridge or sharedBridge.',
    );
    expect(ofAws()).toEqual([]);
  });
});
