import { describe, expect, test } from 'vitest';
import { deadLetterQueue, order, topic, world } from '../delivery/world.js';

const orders = 'arn:aws:sqs:us-east-1:123456789012:orders';

describe('A queue that is a target', () => {
  test('takes what the target is to receive, with no attributes', async () => {
    const { bridge } = await world({ Arn: orders, InputPath: '$.detail' });
    await bridge.publish([order, order]);
    expect(await bridge.idle()).toMatchObject({ delivered: 2 });
    const queue = bridge.queue('orders');
    expect(queue).toMatchObject({ name: 'orders', arn: orders });
    expect(queue.messages).toMatchObject([
      { body: '{"total":120}', attributes: {} },
      { body: '{"total":120}', attributes: {} },
    ]);
    expect(queue.messages[0]).not.toHaveProperty('messageGroupId');
    expect(queue.messages[0]?.id).not.toBe(queue.messages[1]?.id);
    expect(bridge.queue(orders)).toBe(queue);
  });

  test('is passed over for a function that is put before it', async () => {
    const { bridge } = await world({ Arn: orders });
    const handle = bridge.handle(orders, () => {});
    await bridge.publish(order);
    await bridge.idle();
    handle.dispose();
    expect(bridge.queue('orders').messages).toEqual([]);
    await bridge.publish(order);
    await bridge.idle();
    expect(bridge.queue('orders').messages).toHaveLength(1);
  });

  test('needs SqsParameters if it is a FIFO queue', async () => {
    const { bridge } = await world();
    const Arn = `${orders}.fifo`;
    for (const parameters of [{}, { SqsParameters: {} }]) {
      await expect(bridge.putTargets({ Rule: 'all', Targets: [{ Id: '1', Arn, ...parameters }] })).rejects.toThrow(
        'Parameter(s) SqsParameters must be specified for target: 1.',
      );
    }
    await bridge.putTargets({ Rule: 'all', Targets: [{ Id: '1', Arn, SqsParameters: { MessageGroupId: 'g' } }] });
    await bridge.publish(order);
    await bridge.idle();
    expect(bridge.queue('orders.fifo').messages).toMatchObject([{ messageGroupId: 'g' }]);
    expect(bridge.queue('orders.fifo').receive()).toMatchObject([{ messageGroupId: 'g' }]);
  });
});

describe('The messages of a queue', () => {
  test('are hidden when they are received, and come back unless they are deleted', async () => {
    const { bridge, clock } = await world({ Arn: orders });
    await bridge.publish([order, order, order]);
    await bridge.idle();
    const queue = bridge.queue('orders');
    const [first] = queue.receive();
    const [second, third, ...more] = queue.receive({ max: 10, visibilityTimeout: '5m' });
    expect(more).toEqual([]);
    expect([first?.id, second?.id, third?.id]).toEqual(queue.messages.map(({ id }) => id));
    expect(queue.receive()).toEqual([]);
    expect(queue.delete(second?.receiptHandle ?? '')).toBe(true);
    expect(queue.delete(second?.receiptHandle ?? '')).toBe(false);
    await clock.advance('30s');
    expect(queue.receive({ max: 10 })).toMatchObject([{ id: first?.id, receiveCount: 2 }]);
    expect(queue.delete(first?.receiptHandle ?? '')).toBe(false);
    expect(queue.messages).toHaveLength(2);
    expect(queue.purge()).toBe(2);
    expect(queue.messages).toEqual([]);
  });

  test('are deleted by no receipt handle but that of the last time they were received', async () => {
    const { bridge } = await world({ Arn: orders });
    await bridge.publish(order);
    await bridge.idle();
    const queue = bridge.queue('orders');
    const [message] = queue.messages;
    for (const made of [
      '',
      '/',
      `${message?.id}`,
      `${message?.id}/`,
      `${message?.id}/0`,
      null,
      undefined,
      0,
      Symbol('x'),
    ]) {
      expect(queue.delete(made as never)).toBe(false);
    }
    const [received] = queue.receive();
    expect(queue.delete(`${received?.receiptHandle}.0`)).toBe(false);
    expect(queue.delete(`${received?.receiptHandle}/1`)).toBe(false);
    expect(queue.messages).toEqual([message]);
    expect(queue.delete(received?.receiptHandle ?? '')).toBe(true);
  });

  test('are received at once again where they are hidden for no time, and by options that are null', async () => {
    const { bridge } = await world({ Arn: orders });
    await bridge.publish(order);
    await bridge.idle();
    const queue = bridge.queue('orders');
    expect(queue.receive({ visibilityTimeout: 0 })).toMatchObject([{ receiveCount: 1 }]);
    expect(queue.receive(null as never)).toMatchObject([{ receiveCount: 2 }]);
    expect(queue.receive()).toEqual([]);
  });

  test('can be read when the bridge is closed, and are gone after reset', async () => {
    const { bridge } = await world({ Arn: orders });
    await bridge.publish(order);
    await bridge.idle();
    bridge.reset();
    expect(bridge.queue('orders').messages).toEqual([]);
    await bridge.close();
    expect(bridge.queue('dlq')).toMatchObject({ arn: deadLetterQueue, messages: [] });
  });

  test('may be hidden for ever, and are so in a snapshot too', async () => {
    const { bridge } = await world({ Arn: orders });
    await bridge.publish(order);
    await bridge.idle();
    expect(bridge.queue('orders').receive({ visibilityTimeout: Number.POSITIVE_INFINITY })).toHaveLength(1);
    bridge.restore(JSON.parse(JSON.stringify(bridge.snapshot())));
    expect(bridge.queue('orders').messages).toHaveLength(1);
    expect(bridge.queue('orders').receive()).toEqual([]);
  });

  test.each([{ max: 0 }, { max: 1.5 }, { visibilityTimeout: 'x' }])('are not received by %j', async (options) => {
    const { bridge } = await world();
    expect(() => bridge.queue('orders').receive(options as never)).toThrow(
      expect.objectContaining({ name: 'ValidationException' }),
    );
  });

  test.each(['', 'a b', topic, undefined, 7, null, Symbol('x')])('are in no queue called %s', async (name) => {
    const { bridge } = await world();
    for (const call of [bridge.queue, bridge.logs]) {
      expect(() => call(name as never)).toThrow(expect.objectContaining({ name: 'ValidationException' }));
    }
  });
});
