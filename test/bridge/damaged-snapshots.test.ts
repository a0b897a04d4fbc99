import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bill, event, putResources, replayAll, ruleTo, sqs, world } from './snapshot-world.js';

/** The JSON text of a snapshot with something of every kind in it, and deliveries in every state. */
async function fullSnapshot(): Promise<string> {
  const { bridge } = world({ buses: ['orders'] });
  await ruleTo(bridge, sqs('q'), { DeadLetterConfig: { Arn: sqs('dead') } });
  const InputTransformer = { InputPathsMap: { n: '$.detail.n' }, InputTemplate: '{"n":<n>}' };
  await bridge.putTargets({
    Rule: 'r',
    Targets: [{ Id: '2', Arn: bill, RetryPolicy: { MaximumRetryAttempts: 3 }, InputTransformer }],
  });
  await bridge.putRule({ Name: 'tick', ScheduleExpression: 'rate(5 minutes)', Tags: [{ Key: 'a', Value: 'b' }] });
  await putResources(bridge);
  bridge.handle('bill', () => {
    throw new Error('no');
  });
  bridge.faults.target(sqs('q'), { code: 'THROTTLING', times: 1 });
  bridge.on({ source: ['com.shop'] }, () => new Promise(() => {}), { name: 'never' });
  await bridge.publish([event, event]);
  await new Promise(setImmediate);
  await replayAll(bridge);
  const text = JSON.stringify(bridge.snapshot());
  bridge.reset();
  await bridge.close();
  return text;
}

/** The places of all values, as lists of keys. */
function placesIn(value: unknown, place: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [place];
  const members = Object.entries(value).flatMap(([key, member]) => placesIn(member, [...place, key]));
  return place.length === 0 ? members : [place, ...members];
}

const strange = fc.constantFrom<unknown>(null, 0.5, -1, 1e300, '', 'x', [], {}, true, [[]], { a: 1 }, undefined);

describe('A snapshot in which anything is changed', () => {
  test('is restored, or refused with nothing changed, and never breaks the bridge', async () => {
    const text = await fullSnapshot();
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...placesIn(JSON.parse(text))), strange, async (place, value) => {
        const snapshot = JSON.parse(text);
        let holder = snapshot;
        for (const key of place.slice(0, -1)) holder = holder[key];
        holder[place.at(-1) as string] = value;

        const { bridge } = world({ onUnhandledTarget: 'ignore' });
        await using _ = bridge;
        bridge.handle('bill', () => {});
        bridge.on({ source: ['com.shop'] }, () => {}, { name: 'never' });
        const before = JSON.stringify(bridge.snapshot());
        try {
          bridge.restore(snapshot);
        } catch (error) {
          refused++;
          expect(error).toMatchObject({ name: 'ValidationException' });
          expect(JSON.stringify(bridge.snapshot())).toBe(before);
        }
        await bridge.idle();
        await bridge.publish(event);
        await Promise.all([bridge.listRules(), bridge.listArchives(), bridge.listReplays(), bridge.listConnections()]);
        await bridge.drain();
        bridge.history.records();
        expect(bridge.snapshot().version).toBe(1);
      }),
      { numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(100);
  });
});
