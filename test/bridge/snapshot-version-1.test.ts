import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../src/index.js';
import { bill, home, sqs, world } from './snapshot-world.js';

const stream = 'arn:aws:kinesis:us-east-1:123456789012:stream/s';
const path = new URL('./snapshot-version-1.json', import.meta.url);

/** A snapshot as version 0.1.0 of the package made it, with every kind of resource and deliveries in every state. */
function stored(): Snapshot {
  return JSON.parse(readFileSync(path, 'utf8'));
}

describe('A stored snapshot of version 1', () => {
  test('is what a bridge that restored it makes', async () => {
    const { bridge } = world({ onUnhandledTarget: 'ignore' });
    await using _ = bridge;
    bridge.on({ source: ['com.shop'] }, () => {}, { name: 'audit' });
    bridge.restore(stored());
    expect(JSON.parse(JSON.stringify(bridge.snapshot()))).toEqual(stored());
  });

  test('brings back every resource', async () => {
    const { bridge, clock } = world({ onUnhandledTarget: 'ignore' });
    await using _ = bridge;
    bridge.restore(stored());
    expect((await bridge.listEventBuses()).EventBuses.map(({ Name, Policy }) => [Name, Policy !== undefined])).toEqual([
      ['default', false],
      ['orders', true],
    ]);
    const { Rules } = await bridge.listRules();
    expect(Rules.map(({ Name }) => Name)).toEqual(['Events-Archive-all', 'r', 'tick']);
    expect((await bridge.listRules({ EventBusName: 'orders' })).Rules[0]?.State).toBe('DISABLED');
    expect((await bridge.listTargetsByRule({ Rule: 'r' })).Targets).toHaveLength(5);
    expect(await bridge.listTagsForResource({ ResourceARN: `${home}:rule/r` })).toEqual({
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    expect((await bridge.describeConnection({ Name: 'shop' })).ConnectionState).toBe('AUTHORIZED');
    expect((await bridge.describeApiDestination({ Name: 'orders' })).ApiDestinationState).toBe('ACTIVE');
    expect((await bridge.describeArchive({ ArchiveName: 'all' })).EventCount).toBe(3);
    expect((await bridge.describeReplay({ ReplayName: 'again' })).State).toBe('COMPLETED');
    expect(clock.now()).toBe(Date.parse('2026-01-01T00:00:02Z'));
    bridge.reset();
  });

  test('goes on with its deliveries and its replay', async () => {
    const { bridge, clock } = world({ onUnhandledTarget: 'ignore' });
    await using _ = bridge;
    const seen: string[] = [];
    const count = (name: string) => () => void seen.push(name);
    bridge.handle(bill, count('bill'));
    bridge.handle(stream, count('stream'));
    bridge.on({ source: ['com.shop'] }, count('audit'), { name: 'audit' });
    bridge.restore(stored());
    await bridge.idle();
    expect((await bridge.describeReplay({ ReplayName: 'later' })).State).toBe('COMPLETED');
    // One event that was to start, two of the replay.
    expect(seen.filter((name) => name === 'audit')).toHaveLength(3);
    await clock.advance('3m');
    expect(seen.filter((name) => name === 'stream')).toHaveLength(7);
    expect(bridge.queue(sqs('dlq')).messages).toEqual([]);
    expect(seen.filter((name) => name === 'bill')).toHaveLength(7);
  });
});
