import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';
import { matchers, withBridge } from '../../src/matchers.js';
import { createFixtureTest, type RunnerTests } from '../../src/testing/fixture/jest-test.js';
import { read } from '../house/source-tree.js';
import { failureOf } from './failing.js';
import { order, shop } from './ship.js';

const page = read('docs/testing.md');
const recipe = [...page.matchAll(/```js\n(.*?)```/gs)]
  .map(([, code = '']) => code)
  .find((code) => code.includes('node:test'));

/** A matcher of another library, whose `equals` knows nothing of it. */
const anyNumber = { asymmetricMatch: (value: unknown) => typeof value === 'number', toString: () => 'AnyNumber' };
const strictEquals = (a: unknown, b: unknown) => a === b;

describe('withBridge', () => {
  test('A test of any runner gets a bridge and a clock from withBridge, and is checked afterwards', async () => {
    const passing = withBridge(async ({ bridge, clock }) => {
      expect(bridge.clock).toBe(clock);
      await bridge.publish(order);
    });
    expect(passing).toHaveLength(0);
    await passing();
    const failing = withBridge(async ({ bridge }) => {
      bridge.on(shop, () => Promise.reject(new Error('declined')));
      await bridge.publish(order);
    });
    expect(await failureOf(failing)).toContain('Unobserved failures in bridge (1)');
  });

  test('A test of any runner fails with the assertion that fails within a handler, even if its own assertion fails because of it', async () => {
    const failing = withBridge(async ({ bridge }) => {
      const bills: unknown[] = [];
      bridge.on(shop, (event) => {
        expect(event.source).toBe('com.bank');
        bills.push(event);
      });
      await bridge.publish(order);
      await bridge.idle();
      expect(bills).toHaveLength(1);
    });
    const error: unknown = await failing().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'AssertionError', actual: 'com.shop', expected: 'com.bank' });
  });

  test('A test of any runner is registered with the runner of Jest by name and timeout', async () => {
    const registered: unknown[] = [];
    const register = (kind: string) => (name: string, body: () => Promise<void>, timeout?: number) =>
      void registered.push([kind, name, body.length, timeout]);
    const runner = Object.assign(register('test'), {
      only: register('only'),
      skip: register('skip'),
      failing: register('failing'),
      todo: (name: string) => void registered.push(['todo', name]),
    }) satisfies RunnerTests;
    const bridgeTest = createFixtureTest(runner, (body: Parameters<typeof withBridge>[0]) => withBridge(body));
    bridgeTest('a', () => {});
    bridgeTest.only('b', () => {}, 100);
    bridgeTest.skip('c', () => {});
    bridgeTest.failing('d', () => {});
    bridgeTest.todo('e');
    expect(registered).toEqual([
      ['test', 'a', 0, undefined],
      ['only', 'b', 0, 100],
      ['skip', 'c', 0, undefined],
      ['failing', 'd', 0, undefined],
      ['todo', 'e'],
    ]);
  });

  test('A test of any runner compares values by itself, whatever equals its runner passes to matchers', async () => {
    await using bridge = createBridge();
    await bridge.publish({ ...order, detail: { total: 120, items: [{ id: 1 }] } });
    const context = { isNot: false, equals: strictEquals };
    const compare = (detail: object) => matchers.toHaveReceivedEventWith.call(context, bridge, { detail });
    expect(compare({ total: anyNumber, items: [{ id: 1 }] }).pass).toBe(true);
    expect(compare({ items: [{ id: anyNumber }] }).pass).toBe(true);
    expect(compare({ total: 121 }).pass).toBe(false);
    expect(compare({ total: '120' }).message().replace(/\n +/g, ' ')).toContain(
      'detail.total is 120, wanted "120" (a number, not a string)',
    );
  });

  test('A test of any runner passes as the recipe for node:test and Mocha shows it, in at most twelve lines of set-up and test', () => {
    expect(recipe?.trim().split('\n').length).toBeLessThanOrEqual(15);
    const file = new URL('./recipe.generated.mjs', import.meta.url);
    writeFileSync(file, recipe ?? '');
    try {
      const output = execFileSync(process.execPath, ['--test', file.pathname], { encoding: 'utf8' });
      expect(output).toMatch(/^# pass 1$/m);
    } finally {
      rmSync(file);
    }
  });
});
