import { describe, expect, test, vi } from 'vitest';
import { createBridge, type Snapshot } from '../../src/index.js';
import { loadTemplateText } from '../../src/templates/load/load-template.js';
import { loadTemplate } from '../../src/templates.js';
import { loaded, loadInto, withoutMadeUpNames, written } from './loaded.js';

const sqs = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`;
const rule = (id: string, properties: object = {}) => ({
  [id]: {
    Type: 'AWS::Events::Rule',
    Properties: {
      Name: id,
      EventPattern: { source: ['com.shop'] },
      Targets: [{ Id: 'queue', Arn: sqs('q') }],
      ...properties,
    },
  },
});
const bus = (Name: string, properties: object = {}) => ({
  [`Bus${Name}`]: { Type: 'AWS::Events::EventBus', Properties: { Name, ...properties } },
});
const stack = (...resources: object[]) => ({ Resources: Object.assign({}, ...resources) });

const ownStatement = { Sid: 'a', Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: '*' };
const everything = stack(
  bus('orders', { Description: 'all', Policy: { Version: '2012-10-17', Statement: [ownStatement] } }),
  bus('other'),
  {
    Partner: {
      Type: 'AWS::Events::EventBusPolicy',
      Properties: {
        EventBusName: 'other',
        StatementId: 'partner',
        Action: 'events:PutEvents',
        Principal: '111122223333',
      },
    },
    Kept: {
      Type: 'AWS::Events::Archive',
      Properties: {
        ArchiveName: 'kept',
        SourceArn: { 'Fn::GetAtt': ['Busorders', 'Arn'] },
        RetentionDays: 3,
        EventPattern: { source: ['com.shop'] },
      },
    },
    Key: {
      Type: 'AWS::Events::Connection',
      Properties: {
        Name: 'key',
        Description: 'of a partner',
        AuthorizationType: 'API_KEY',
        AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'x', ApiKeyValue: 'y' } },
      },
    },
    Hook: {
      Type: 'AWS::Events::ApiDestination',
      Properties: {
        Name: 'hook',
        ConnectionArn: { 'Fn::GetAtt': ['Key', 'Arn'] },
        InvocationEndpoint: 'https://example.com',
        HttpMethod: 'POST',
        InvocationRateLimitPerSecond: 5,
      },
    },
  },
  rule('on-default', { Description: 'x', State: 'DISABLED' }),
  rule('on-orders', { EventBusName: { Ref: 'Busorders' } }),
);

const event = { source: 'com.shop', detailType: 'Order', detail: {} };

/** What there is, but for made-up ids and what is DELETING. An update can empty a description, and not take it away. */
function held(snapshot: Snapshot): object {
  const { state } = withoutMadeUpNames(snapshot, {}) as Snapshot;
  const { places: _, events: __, deliveries: ___, connections, ...rest } = state;
  const existing = (connections as { DeletedAt?: number }[]).filter(({ DeletedAt }) => DeletedAt === undefined);
  const text = JSON.stringify({ ...rest, connections: existing }).replaceAll('"Description":"",', '');
  return JSON.parse(text.replace(/(\/(?:key|hook|kept)[/:]|"Id":")[-0-9a-f]{36}(?:-\d+)?/g, '$1'));
}

describe('A stack that is loaded again', () => {
  test.each([
    ['nothing', stack()],
    ['all of it', everything],
    ['one bus less', stack(bus('orders'), rule('on-orders', { EventBusName: 'orders' }))],
    ['a rule on another bus', stack(bus('orders'), bus('other'), rule('on-orders', { EventBusName: 'other' }))],
    [
      'a bus by its ARN',
      stack(bus('orders'), rule('on-orders', { EventBusName: { 'Fn::GetAtt': ['Busorders', 'Arn'] } })),
    ],
    ['a rule by another logical id', stack({ Renamed: rule('on-default')['on-default'] })],
    [
      'an archive of another bus',
      stack(bus('other'), {
        Kept: {
          Type: 'AWS::Events::Archive',
          Properties: { ArchiveName: 'kept', SourceArn: { 'Fn::GetAtt': ['Busother', 'Arn'] } },
        },
      }),
    ],
    ['other rules alone', stack(rule('new'), rule('on-default', { Targets: [{ Id: 'other', Arn: sqs('q') }] }))],
  ])('is in the bridge as if it had been loaded alone: %s', async (_, template) => {
    const { bridge } = await loaded(everything);
    const { skipped } = await loadTemplate(bridge, template);
    expect(held(bridge.snapshot())).toEqual(held((await loaded(template)).bridge.snapshot()));
    expect(skipped).toEqual([]);
  });

  test('changes the tags that it has put', async () => {
    const tagged = (...keys: string[]) => ({ Tags: keys.map((Key) => ({ Key, Value: Key })) });
    const { bridge } = await loaded(stack(bus('orders', tagged('a', 'b')), rule('r', tagged('a', 'b'))));
    const arns = [
      (await bridge.describeEventBus({ Name: 'orders' })).Arn,
      (await bridge.describeRule({ Name: 'r' })).Arn,
    ];
    for (const ResourceARN of arns) await bridge.tagResource({ ResourceARN, Tags: [{ Key: 'mine', Value: 'x' }] });
    await loadTemplate(bridge, stack(bus('orders', tagged('b', 'c')), rule('r', tagged('b', 'c'))));
    for (const ResourceARN of arns) {
      const { Tags } = await bridge.listTagsForResource({ ResourceARN });
      expect(Tags.map(({ Key }) => Key).sort()).toEqual(['b', 'c', 'mine']);
    }
  });

  test('empties what the template describes no more', async () => {
    const archive = (properties: object) => ({
      Kept: {
        Type: 'AWS::Events::Archive',
        Properties: { ArchiveName: 'kept', SourceArn: { 'Fn::GetAtt': ['Busorders', 'Arn'] }, ...properties },
      },
    });
    const described = { RetentionDays: 3, EventPattern: { source: ['a'] } };
    const { bridge } = await loaded(stack(bus('orders', { Description: 'all' }), archive(described)));
    await loadTemplate(bridge, stack(bus('orders'), archive({})));
    expect((await bridge.describeEventBus({ Name: 'orders' })).Description).toBe('');
    const kept = await bridge.describeArchive({ ArchiveName: 'kept' });
    expect([kept.RetentionDays, kept.EventPattern]).toEqual([0, undefined]);
  });

  test('leaves what others made', async () => {
    const { bridge } = await loaded(everything);
    const target = { Id: 'mine', Arn: sqs('mine') };
    await bridge.putRule({ Name: 'mine', EventPattern: '{"source":["com.shop"]}', EventBusName: 'orders' });
    await bridge.putTargets({ Rule: 'on-default', Targets: [target] });
    await bridge.putPermission({
      Action: 'events:PutEvents',
      Principal: '*',
      StatementId: 'mine',
      EventBusName: 'other',
    });
    const seen: unknown[] = [];
    bridge.bus('other').on({ source: ['com.shop'] }, () => seen.push('subscription'), { name: 'audit' });
    const { skipped } = await loadTemplate(bridge, stack());
    expect(skipped.map(({ logicalId, reason }) => `${logicalId}: ${reason}`)).toEqual([
      'on-default: rule on-default is no longer in the template, but stays because others use it: target mine',
      'Busorders: bus orders is no longer in the template, but stays because others use it: rule mine',
      'Busother: bus other is no longer in the template, but stays because others use it: subscription audit',
    ]);
    expect((await bridge.listTargetsByRule({ Rule: 'on-default' })).Targets).toEqual([target]);
    expect((await bridge.listRules({ EventBusName: 'orders' })).Rules.map(({ Name }) => Name)).toEqual(['mine']);
    const { Policy = '' } = await bridge.describeEventBus({ Name: 'other' });
    expect(JSON.parse(Policy).Statement).toMatchObject([{ Sid: 'mine' }]);
    await bridge.publish({ ...event, bus: 'other' });
    await bridge.idle();
    expect(seen).toEqual(['subscription']);

    await bridge.removeTargets({ Rule: 'on-default', Ids: ['mine'] });
    await bridge.deleteRule({ Name: 'mine', EventBusName: 'orders' });
    expect((await loadTemplate(bridge, stack())).skipped).toHaveLength(1);
    expect((await bridge.listRules()).Rules).toEqual([]);
    expect((await bridge.listEventBuses()).EventBuses.map(({ Name }) => Name)).toEqual(['default', 'other']);
  });

  test('leaves what was there before it', async () => {
    const bridge = createBridge({ buses: ['orders'] });
    await bridge.putRule({ Name: 'on-default', EventPattern: '{"source":["b"]}' });
    await loadTemplate(bridge, everything);
    await loadTemplate(bridge, stack());
    expect((await bridge.listEventBuses()).EventBuses.map(({ Name }) => Name)).toEqual(['default', 'orders']);
    expect((await bridge.listRules()).Rules.map(({ Name }) => Name)).toEqual(['on-default']);
    expect((await bridge.listTargetsByRule({ Rule: 'on-default' })).Targets).toEqual([]);
  });

  test('keeps handlers, and deliveries that wait, of rules that stay and of rules that go', async () => {
    const both = stack(
      { Bill: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'bill' } } },
      ...['stays', 'goes'].map((id) => rule(id, { Targets: [{ Id: 'bill', Arn: { 'Fn::GetAtt': ['Bill', 'Arn'] } }] })),
    );
    const { bridge, stack: first } = await loaded(both, {}, { random: () => 1 });
    const seen: unknown[] = [];
    let isBroken = true;
    first.handle('Bill', (_, { delivery }) => {
      seen.push(delivery.rule);
      if (isBroken) throw new Error('broken');
    });
    await bridge.publish(event);
    expect(await bridge.idle()).toMatchObject({ waiting: 2 });
    const { goes: _, ...less } = both.Resources;
    await loadTemplate(bridge, stack(less));
    isBroken = false;
    expect(await bridge.drain()).toMatchObject({ delivered: 2, failed: 0, deadLettered: 0 });
    await bridge.publish(event);
    await bridge.idle();
    expect(seen).toEqual(['stays', 'goes', 'stays', 'goes', 'stays']);
  });

  test('leaves the bridge as it is where the new template is wrong', async () => {
    const { bridge } = await loaded(everything);
    const before = bridge.snapshot();
    await expect(loadTemplate(bridge, stack(rule('on-orders', { EventBusName: 'orders' })))).rejects.toThrow(
      'Resources.on-orders.Properties.EventBusName: Event bus orders does not exist.',
    );
    expect(bridge.snapshot()).toEqual(before);
  });

  test('lets a schedule that did not change run on', async () => {
    const daily = rule('daily', { EventPattern: undefined, ScheduleExpression: 'rate(2 minutes)' });
    const { bridge } = await loaded(stack(daily, rule('other')));
    const clock = bridge.clock as ReturnType<typeof import('../../src/index.js').virtualClock>;
    await clock.advance('1m');
    await loadTemplate(bridge, stack(daily));
    await clock.advance('1m');
    expect(bridge.queue(sqs('q')).messages).toHaveLength(1);
  });
});

describe('Two stacks in one bridge', () => {
  test.each([
    ['names', { stackName: 'a' }, { stackName: 'b' }, [undefined, undefined]],
    ['files', {}, {}, ['a.yaml', 'b.yaml']],
  ])('are told apart by their %s', async (_, first, second, files) => {
    const bridge = createBridge();
    const load = (template: object, options: object, file: string | undefined) =>
      loadTemplateText(bridge, { text: JSON.stringify(template), file }, options);
    await load(stack(rule('one'), rule('both')), first, files[0]);
    await load(stack(rule('two'), rule('both')), second, files[1]);
    const names = async () => (await bridge.listRules()).Rules.map(({ Name }) => Name);
    expect(await names()).toEqual(['both', 'one', 'two']);
    // The stack that had it last keeps it.
    await load(stack(), first, files[0]);
    expect(await names()).toEqual(['both', 'two']);
    await load(stack(), second, files[1]);
    expect(await names()).toEqual([]);
  });

  test('are two services of serverless.yml', async () => {
    const service = (name: string) =>
      written(
        `service: ${name}\nfunctions: { f: { handler: a.b, events: [{ eventBridge: { pattern: { source: [a] } } }] } }\n`,
      );
    const { bridge } = await loaded(service('one'));
    await loadInto(bridge, service('two'));
    expect((await bridge.listRules()).Rules).toHaveLength(2);
  });

  test('that are one are loaded one after the other', async () => {
    const bridge = createBridge();
    await Promise.all(['a', 'b', 'c'].map((id) => loadTemplate(bridge, stack(rule(id)))));
    expect((await bridge.listRules()).Rules.map(({ Name }) => Name)).toEqual(['c']);
  });

  test('are forgotten once the bridge is made as new', async () => {
    const bridge = createBridge();
    await loadTemplate(bridge, stack(rule('a')));
    bridge.reset();
    await bridge.putRule({ Name: 'a', EventPattern: '{"source":["mine"]}' });
    await loadTemplate(bridge, stack());
    expect((await bridge.listRules()).Rules.map(({ Name }) => Name)).toEqual(['a']);
  });

  test('are known to a second copy of the package', async () => {
    const bridge = createBridge();
    await loadTemplate(bridge, stack(rule('a'), bus('orders')));
    vi.resetModules();
    const copy = await import('../../src/templates.js');
    expect(copy.loadTemplate).not.toBe(loadTemplate);
    await copy.loadTemplate(bridge, stack(rule('b')));
    expect((await bridge.listRules()).Rules.map(({ Name }) => Name)).toEqual(['b']);
    expect((await bridge.listEventBuses()).EventBuses.map(({ Name }) => Name)).toEqual(['default']);
  });
});
