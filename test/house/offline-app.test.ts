import { spawnSync } from 'node:child_process';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openShop, type Saved } from '../../examples/offline-app/shop.js';
import { root } from './source-tree.js';

const example = join(root, 'examples/offline-app');
const orders = Array.from({ length: 30 }, (_, i) => ({ item: `Umbrella ${i}`, total: i * 10 }));

// What needs a browser is for `npm run check:browser`.
describe('The offline app', () => {
  test('has types that hold', () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(root, 'node_modules/typescript/bin/tsc'), '-p', example],
      {
        encoding: 'utf8',
      },
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  test('is bundled without a module of Node', async () => {
    const { build } = await import('vite');
    const ofNode: string[] = [];
    const watch = {
      name: 'modules-of-node',
      enforce: 'pre',
      resolveId: (id: string) => void (isBuiltin(id) && ofNode.push(id)),
    } as const;
    await build({ root: example, configFile: false, logLevel: 'silent', plugins: [watch], build: { write: false } });
    expect(ofNode).toEqual([]);
  });

  test('counts each order once, also those that were under way when it was saved', async () => {
    const shop = await openShop(undefined);
    await shop.place(orders);
    const saved = keptAndRead(shop.save());
    expect(saved.figures.orders).toBeLessThan(30);
    await shop.delivered();

    const opened = await openShop(saved);
    await opened.delivered();
    expect(opened.figures).toEqual(shop.figures);
    expect(opened.figures).toMatchObject({ orders: 30, turnover: 4350, big: 19 });
    expect(opened.toBeSent()).toBe(30);
  });

  test('goes on where it was saved', async () => {
    const shop = await openShop(undefined);
    await shop.place(orders);
    await shop.delivered();

    const opened = await openShop(keptAndRead(shop.save()));
    await opened.place([{ item: 'Rain hat', total: 35 }]);
    await opened.delivered();
    expect(opened.figures).toMatchObject({ orders: 31, turnover: 4385, big: 19 });
    expect(opened.figures.latest[0]).toEqual({ item: 'Rain hat', total: 35 });
    expect(opened.toBeSent()).toBe(31);
  });
});

/** As IndexedDB does it. */
function keptAndRead(saved: Saved): Saved {
  return structuredClone(saved);
}
