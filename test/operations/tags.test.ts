import { describe, expect, test } from 'vitest';
import { type Bridge, createBridge } from '../../src/index.js';

const home = 'arn:aws:events:us-east-1:123456789012';
const EventPattern = '{"source":["com.shop"]}';
const duplicated = 'Invalid parameter: Duplicated keys are not allowed.';

async function bridgeWithRules(): Promise<Bridge> {
  const bridge = createBridge({ buses: ['orders'], limits: { tagsPerResource: 3 } });
  await bridge.putRule({ Name: 'r', EventPattern });
  await bridge.putRule({ Name: 'r', EventPattern, EventBusName: 'orders' });
  return bridge;
}

describe('Tags', () => {
  test.each(['event-bus/default', 'event-bus/orders', 'rule/r', 'rule/orders/r'])(
    'are added, replaced in their place, listed and removed: %s',
    async (resource) => {
      await using bridge = await bridgeWithRules();
      const ResourceARN = `${home}:${resource}`;
      expect(await bridge.listTagsForResource({ ResourceARN })).toEqual({ Tags: [] });
      expect(await bridge.tagResource({ ResourceARN, Tags: [{ Key: 'z', Value: '1' }] })).toEqual({});
      await bridge.tagResource({
        ResourceARN,
        Tags: [
          { Key: 'a', Value: '' },
          { Key: 'z', Value: '2' },
        ],
      });
      expect(await bridge.listTagsForResource({ ResourceARN })).toEqual({
        Tags: [
          { Key: 'z', Value: '2' },
          { Key: 'a', Value: '' },
        ],
      });
      expect(await bridge.untagResource({ ResourceARN, TagKeys: ['z', 'none'] })).toEqual({});
      expect(await bridge.listTagsForResource({ ResourceARN })).toEqual({ Tags: [{ Key: 'a', Value: '' }] });
    },
  );

  test('are kept from the creation on, and not changed by an update', async () => {
    await using bridge = await bridgeWithRules();
    const ResourceARN = `${home}:rule/new`;
    const Tags = [{ Key: 'a', Value: 'b' }];
    await bridge.putRule({ Name: 'new', EventPattern, Tags });
    await bridge.putRule({ Name: 'new', EventPattern: '{"source":["other"]}', Tags: [{ Key: 'c', Value: 'd' }] });
    expect(await bridge.listTagsForResource({ ResourceARN })).toEqual({ Tags });
    await bridge.createEventBus({ Name: 'bus', Tags });
    expect(await bridge.listTagsForResource({ ResourceARN: `${home}:event-bus/bus` })).toEqual({ Tags });
    await bridge.updateEventBus({ Name: 'bus', Description: 'd' });
    expect(await bridge.listTagsForResource({ ResourceARN: `${home}:event-bus/bus` })).toEqual({ Tags });
  });

  test('are gone with their rule', async () => {
    await using bridge = await bridgeWithRules();
    const ResourceARN = `${home}:rule/orders/r`;
    await bridge.tagResource({ ResourceARN, Tags: [{ Key: 'a', Value: 'b' }] });
    await bridge.deleteRule({ Name: 'r', EventBusName: 'orders' });
    await expect(bridge.listTagsForResource({ ResourceARN })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Rule r does not exist on EventBus orders.',
    });
    await bridge.putRule({ Name: 'r', EventPattern, EventBusName: 'orders' });
    expect(await bridge.listTagsForResource({ ResourceARN })).toEqual({ Tags: [] });
  });

  test.each([
    [`${home}:event-bus/none`, 'Event bus none does not exist.'],
    [`${home}:rule/none`, 'Rule none does not exist on EventBus default.'],
    [`${home}:rule/orders/none`, 'Rule none does not exist on EventBus orders.'],
    [`${home}:rule/none/r`, 'Rule r does not exist on EventBus none.'],
    [`${home}:rule/orders/r/x`, 'Rule r/x does not exist on EventBus orders.'],
    ['arn:aws:events:eu-west-1:123456789012:rule/r', 'Rule r does not exist on EventBus default.'],
    ['arn:aws:events:us-east-1:111122223333:event-bus/orders', 'Event bus orders does not exist.'],
  ])('need a resource that exists: %s', async (ResourceARN, message) => {
    await using bridge = await bridgeWithRules();
    const refusal = { name: 'ResourceNotFoundException', message };
    await expect(bridge.listTagsForResource({ ResourceARN })).rejects.toMatchObject(refusal);
    await expect(bridge.tagResource({ ResourceARN, Tags: [] })).rejects.toMatchObject(refusal);
    await expect(bridge.untagResource({ ResourceARN, TagKeys: [] })).rejects.toMatchObject(refusal);
  });

  test.each(['r', `${home}:archive/a`, 'arn:aws:sqs:us-east-1:123456789012:q', `${home}:`])(
    'are for buses and rules only: %s',
    async (ResourceARN) => {
      await using bridge = await bridgeWithRules();
      await expect(bridge.tagResource({ ResourceARN, Tags: [] })).rejects.toMatchObject({
        name: 'ValidationException',
        message: `Parameter ${ResourceARN} is not valid. Reason: Provided Arn is not in correct format.`,
      });
    },
  );

  test('have each key once, and are as many as the limit says', async () => {
    await using bridge = await bridgeWithRules();
    const ResourceARN = `${home}:rule/r`;
    const twice = [
      { Key: 'a', Value: '1' },
      { Key: 'a', Value: '2' },
    ];
    const refusal = { name: 'ValidationException', message: duplicated };
    await expect(bridge.tagResource({ ResourceARN, Tags: twice })).rejects.toMatchObject(refusal);
    await expect(bridge.putRule({ Name: 'new', EventPattern, Tags: twice })).rejects.toMatchObject(refusal);
    await expect(bridge.createEventBus({ Name: 'new', Tags: twice })).rejects.toMatchObject(refusal);
    const tags = (keys: string) => [...keys].map((Key) => ({ Key, Value: '' }));
    await bridge.tagResource({ ResourceARN, Tags: tags('ab') });
    await bridge.tagResource({ ResourceARN, Tags: tags('bc') });
    const exceeded = { name: 'LimitExceededException' };
    await expect(bridge.tagResource({ ResourceARN, Tags: tags('d') })).rejects.toMatchObject(exceeded);
    await expect(bridge.createEventBus({ Name: 'new', Tags: tags('abcd') })).rejects.toMatchObject(exceeded);
    expect((await bridge.listTagsForResource({ ResourceARN })).Tags.map(({ Key }) => Key)).toEqual(['a', 'b', 'c']);
  });

  test.each([
    [{ Tags: [{ Key: '', Value: 'x' }] }, "at 'tags.1.member.key'", 'length greater than or equal to 1'],
    [{ Tags: [{ Key: 'k', Value: 'x'.repeat(257) }] }, "at 'tags.1.member.value'", 'length less than or equal to 256'],
    [{ Tags: [{ Key: 'k' }] }, "Value null at 'tags.1.member.value'", 'Member must not be null'],
  ])('are checked one by one: %j', async (input, place, constraint) => {
    await using bridge = await bridgeWithRules();
    const refused = bridge.tagResource({ ResourceARN: `${home}:rule/r`, ...input } as never);
    await expect(refused).rejects.toThrow(place);
    await expect(refused).rejects.toThrow(constraint);
  });
});
