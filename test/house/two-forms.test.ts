import { createRequire } from 'node:module';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from 'vitest';
import type { BridgeMatchers } from '../../src/matchers.js';
import { root } from './source-tree.js';

// As Node resolves them where it cannot require an ES module, and as test runners and bundlers do.
const required = createRequire(`${root}/dist/`);
const entries = [
  'index',
  'patterns',
  'events',
  'aws-sdk',
  'fetch',
  'http',
  'mermaid',
  'matchers',
  'templates',
] as const;
const ofCommonJs = load(await Promise.all(entries.map((name) => required(`./${name}.cjs`))));
const ofEsModules = load(await Promise.all(entries.map((name) => import(`${root}/dist/${name}.js`))));
const { bridgeFixture }: typeof import('../../src/vitest.js') = await import(`${root}/dist/vitest.js`);

interface Form extends Sources {
  readonly expect: (subject: unknown) => BridgeMatchers<void> & { readonly not: BridgeMatchers<void> };
}

type Sources = typeof import('../../src/index.js') &
  typeof import('../../src/patterns.js') &
  typeof import('../../src/events.js') &
  typeof import('../../src/aws-sdk.js') &
  typeof import('../../src/fetch.js') &
  typeof import('../../src/http.js') &
  typeof import('../../src/mermaid.js') &
  typeof import('../../src/matchers.js') &
  typeof import('../../src/templates.js');

const forms = [
  { name: 'CommonJS beside ES modules', one: ofCommonJs, other: ofEsModules },
  { name: 'ES modules beside CommonJS', one: ofEsModules, other: ofCommonJs },
];
const order = { source: 'com.shop', detailType: 'Order Placed', detail: { total: 120 } };
const bill = 'arn:aws:lambda:us-east-1:123456789012:function:bill';

describe('A bridge of one form of modules, in a process that has both', () => {
  test.each(forms)('is another one by its code: $name', ({ one, other }) => {
    expect(one.createBridge).not.toBe(other.createBridge);
  });

  test.each(forms)('is asserted on: $name', async ({ one, other }) => {
    await using bridge = one.createBridge({ clock: other.virtualClock(), onFailedDelivery: 'ignore' });
    bridge.handle('bill', () => {
      throw new one.TargetError('NO_RESOURCE');
    });
    await bridge.putRule({ Name: 'big', EventPattern: '{"detail":{"id":[12345678901234567890, {"exists":true}]}}' });
    await bridge.putTargets({ Rule: 'big', Targets: [{ Id: '1', Arn: bill }] });
    await bridge.publish({ ...order, detail: { id: 1 } });
    await bridge.drain();
    other.expect(bridge).toHaveReceivedEventWith({ detail: { id: 1 } });
    other.expect(bridge).not.toHaveNoFailures();
    expect(() =>
      other.expect(bridge).toHaveReceivedEvent({ detail: { id: [12345678901234567890n.toString()] } }),
    ).toThrow('nearest events');
    expect(() => other.expect(bridge).toHaveDeliveredTo('bill')).toThrow('NO_RESOURCE');
    const [event] = bridge.history.events();
    expect(event && bridge.explain(event).routes[0]?.matches).toBe(true);
    expect(other.toMermaid(bridge)).toContain('bill');
    other.chaos(bridge, { duplicate: 0 }).dispose();
  });

  test.each(forms)('has its failures asserted for the fixture: $name', async ({ one, other }) => {
    const { bridge: fixture } = bridgeFixture();
    const run = (check: (bridge: never) => void) =>
      fixture({ bridgeOptions: {}, clock: one.virtualClock() }, async (bridge) => {
        bridge.on({ source: ['com.shop'] }, () => Promise.reject(new Error('declined')), { name: 'audit' });
        await bridge.publish(order);
        await bridge.drain();
        check(bridge as never);
      });
    await run((bridge) => one.expect(bridge).not.toHaveNoFailures());
    await run((bridge) => other.expect(bridge).not.toHaveDeliveredTo('audit'));
    await expect(run(() => {})).rejects.toThrow('Unobserved failures in bridge (1)');
  });

  test.each(forms)('has stacks loaded and updated: $name', async ({ one, other }) => {
    await using bridge = one.createBridge();
    const rule = (Name: string) => {
      return { Type: 'AWS::Events::Rule', Properties: { Name, EventPattern: { source: ['com.shop'] } } };
    };
    await one.loadTemplate(bridge, { Resources: { Rule: rule('old') } }, { stackName: 'shop' });
    await other.loadTemplate(bridge, { Resources: { Rule: rule('new') } }, { stackName: 'shop' });
    expect((await bridge.listRules()).Rules?.map(({ Name }) => Name)).toEqual(['new']);
    // The bridge refuses it, and the template's place is said.
    const bad = { Resources: { Rule: { ...rule('bad'), Properties: { Name: 'bad', EventPattern: { source: 'x' } } } } };
    const refused = other.loadTemplate(bridge, bad, { stackName: 'other' });
    await expect(refused).rejects.toBeInstanceOf(one.TemplateError);
    await expect(refused).rejects.toThrow('Rule');
  });

  test.each(forms)('goes back to a snapshot, with its clock: $name', async ({ one, other }) => {
    const clock = other.virtualClock('2026-03-01');
    await using bridge = one.createBridge({ clock });
    await bridge.putRule({ Name: 'big', EventPattern: '{"source":["com.shop"]}' });
    const snapshot = bridge.snapshot();
    await clock.advance('2h');
    await bridge.deleteRule({ Name: 'big' });
    bridge.restore(snapshot);
    expect(new Date(clock.now()).toISOString()).toBe('2026-03-01T00:00:00.000Z');
    await using next = other.createBridge({ clock: one.virtualClock() });
    next.restore(JSON.parse(JSON.stringify(snapshot)));
    expect((await next.listRules()).Rules).toMatchObject([{ Name: 'big' }]);
  });

  test.each(forms)('is served to other processes, also after a reset: $name', async ({ one, other }) => {
    await using bridge = one.createBridge();
    await using first = await other.serve(bridge, { port: 0 });
    await using second = await one.serve(bridge, { port: 0 });
    await using remote = await one.connectBridge(first.url);
    await using rival = await other.connectBridge(second.url);
    const got: unknown[] = [];
    await remote.handle('bill', (event) => void got.push(event));
    await expect(rival.handle('bill', () => {})).rejects.toThrow('handled by another connected process');
    bridge.reset();
    await bridge.putRule({ Name: 'all', EventPattern: '{"source":["com.shop"]}' });
    await bridge.putTargets({ Rule: 'all', Targets: [{ Id: '1', Arn: bill }] });
    await rival.publish(order);
    await bridge.idle();
    expect(got).toMatchObject([{ source: 'com.shop' }]);
  });

  test.each(forms)('answers an SDK client and by fetch: $name', async ({ one, other }) => {
    await using bridge = one.createBridge();
    await bridge.putRule({ Name: 'big', EventPattern: '{"source":["com.shop"]}' });
    const client = new EventBridgeClient(other.clientConfig(bridge));
    expect((await client.send(new ListRulesCommand())).Rules).toMatchObject([{ Name: 'big' }]);
    const headers = { 'x-amz-target': 'AWSEvents.DescribeRule' };
    const request = new Request('http://localhost/', { method: 'POST', headers, body: '{"Name":1}' });
    expect(await (await other.fetchHandler(bridge)(request)).json()).toMatchObject({
      __type: 'SerializationException',
    });
  });

  test.each(forms)('has clients sent to it, the last first: $name', async ({ one, other }) => {
    class Client extends EventBridgeClient {}
    const ruleOf = async () => {
      const { Rules } = await new Client({ region: 'us-east-1' }).send(new ListRulesCommand());
      return Rules?.map(({ Name }) => Name);
    };
    const bridgeWith = async ({ createBridge }: Form, Name: string) => {
      const bridge = createBridge();
      await bridge.putRule({ Name, EventPattern: '{"source":["com.shop"]}' });
      return bridge;
    };
    const environment: { AWS_REGION?: string } = process.env;
    const { AWS_REGION } = environment;
    const first = one.retarget(Client, await bridgeWith(one, 'first'));
    const second = other.retarget(Client, await bridgeWith(one, 'second'));
    expect(await ruleOf()).toEqual(['second']);
    const third = one.retarget(Client, await bridgeWith(other, 'third'));
    expect(await ruleOf()).toEqual(['third']);
    first.dispose();
    third.dispose();
    expect(await ruleOf()).toEqual(['second']);
    expect(environment.AWS_REGION).toBe('us-east-1');
    second.dispose();
    expect(environment.AWS_REGION).toBe(AWS_REGION);
  });

  test.each(forms)('throws errors that are of the classes of both: $name', async ({ one, other }) => {
    await using bridge = one.createBridge();
    const refused = await bridge.deleteEventBus({ Name: 'default' }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(other.ServiceError);
    expect(refused).not.toBeInstanceOf(other.PutEventsError);
    const failed = await bridge.publish({ ...order, source: 'aws.s3' }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(other.PutEventsError);
    expect(new one.TargetError('X')).toBeInstanceOf(other.TargetError);
    expect(new Error('x')).not.toBeInstanceOf(one.ServiceError);
    class Own extends one.ServiceError {}
    expect(refused).not.toBeInstanceOf(Own);
    expect(new Own('X', 'x')).toBeInstanceOf(other.ServiceError);
  });

  test.each(forms)('knows defined events, and is shared by its name: $name', async ({ one, other }) => {
    await using bridge = one.sharedBridge('two-forms');
    expect(other.sharedBridge('two-forms')).toBe(bridge);
    const OrderPlaced = other.defineEvent<{ total: number }, 'com.shop', 'Order Placed'>('com.shop', 'Order Placed');
    const totals: number[] = [];
    bridge.on(
      OrderPlaced.pattern({ total: [{ numeric: ['>', 100] }] }),
      ({ detail }) => void totals.push(detail.total),
    );
    await bridge.publish([OrderPlaced({ total: 120 }), OrderPlaced({ total: 1 })]);
    await bridge.idle();
    expect(totals).toEqual([120]);
  });
});

function load(modules: readonly object[]): Form {
  const form: Sources = Object.assign({}, ...modules);
  return { ...form, expect: (subject) => bound(form.matchers as never, subject) };
}

/** An `expect` of that form's matchers alone: one of vitest would keep those that were added last. */
function bound(matchers: Record<string, (...args: unknown[]) => unknown>, subject: unknown): never {
  const call = (isNot: boolean) =>
    Object.fromEntries(
      Object.entries(matchers).map(([name, matcher]) => [
        name,
        (...args: unknown[]) => {
          const context = { isNot, promise: '', equals: Object.is, utils: {} };
          const { pass, message } = matcher.call(context, subject, ...args) as { pass: boolean; message: () => string };
          if (pass === isNot) throw new Error(message());
        },
      ]),
    );
  return { ...call(false), not: call(true) } as never;
}
