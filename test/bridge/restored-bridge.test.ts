import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bridge, TargetError, type VirtualClock } from '../../src/index.js';
import { home, sqs, world } from './snapshot-world.js';

type Step =
  | { readonly kind: 'publish'; readonly source: string; readonly count: number }
  | { readonly kind: 'rule'; readonly name: string; readonly on: object; readonly target: string }
  | { readonly kind: 'enable' | 'disable' | 'delete'; readonly name: string }
  | { readonly kind: 'archive' | 'keep'; readonly archive: string; readonly days: number }
  | { readonly kind: 'delete-archive'; readonly archive: string }
  | { readonly kind: 'replay'; readonly archive: string; readonly replay: string }
  | { readonly kind: 'cancel'; readonly replay: string }
  | { readonly kind: 'advance'; readonly by: '30s' | '1m' | '7m' | '1h' | '30h' };

const source = fc.constantFrom('com.shop', 'com.bank');
const [name, archive, replay] = [fc.constantFrom('a', 'b'), fc.constantFrom('x', 'y'), fc.constantFrom('r', 's')];
const of = <Kind extends string, Members>(
  kind: Kind,
  members: { [Name in keyof Members]: fc.Arbitrary<Members[Name]> },
) => fc.record({ kind: fc.constant(kind), ...members }) as fc.Arbitrary<Members & { kind: Kind }>;
const step = fc.oneof(
  { weight: 4, arbitrary: of('publish', { source, count: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 3,
    arbitrary: of('rule', {
      name,
      on: fc.constantFrom(
        { EventPattern: '{"source":["com.shop"]}' },
        { EventPattern: '{"source":["com.bank"]}' },
        { ScheduleExpression: 'rate(3 minutes)' },
        { ScheduleExpression: 'cron(0/2 * * * ? *)' },
      ),
      target: fc.constantFrom('works', 'throws', 'busy', 'none'),
    }),
  },
  of('enable', { name }),
  of('disable', { name }),
  of('delete', { name }),
  of('archive', { archive, days: fc.nat(2) }),
  of('keep', { archive, days: fc.nat(2) }),
  of('delete-archive', { archive }),
  { weight: 2, arbitrary: of('replay', { archive, replay }) },
  of('cancel', { replay }),
  { weight: 3, arbitrary: of('advance', { by: fc.constantFrom('30s', '1m', '7m', '1h', '30h') }) },
);

/** A bridge whose functions note when they are called with what, and how often before. */
function noting() {
  const { bridge, clock } = world({ ids: () => 'id', onUnhandledTarget: 'ignore' });
  const calls: string[] = [];
  const put = (target: string, answer: () => void) =>
    bridge.handle(target, (event, { delivery }) => {
      calls.push(JSON.stringify([target, clock.now(), delivery.attempt, event]));
      answer();
    });
  put('works', () => {});
  put('throws', () => {
    throw new Error('no');
  });
  put('busy', () => {
    throw new TargetError('THROTTLING');
  });
  return { bridge, clock, calls };
}

/** What is refused changes nothing, which is as good as any other step. */
async function take({ bridge, clock }: { bridge: Bridge; clock: VirtualClock }, next: Step): Promise<void> {
  const refusable = (call: Promise<unknown>) => call.catch(() => {});
  switch (next.kind) {
    case 'publish':
      await bridge.publish(
        Array.from({ length: next.count }, (_, n) => ({ source: next.source, detailType: 'Paid', detail: { n } })),
      );
      return;
    case 'rule': {
      await bridge.putRule({ Name: next.name, ...next.on });
      const Arn = `arn:aws:lambda:us-east-1:123456789012:function:${next.target}`;
      const RetryPolicy = { MaximumRetryAttempts: 2 };
      await bridge.putTargets({
        Rule: next.name,
        Targets: [{ Id: '1', Arn, RetryPolicy, DeadLetterConfig: { Arn: sqs('dead') } }],
      });
      return;
    }
    case 'enable':
      await refusable(bridge.enableRule({ Name: next.name }));
      return;
    case 'disable':
      await refusable(bridge.disableRule({ Name: next.name }));
      return;
    case 'delete':
      await refusable(bridge.removeTargets({ Rule: next.name, Ids: ['1'] }));
      await refusable(bridge.deleteRule({ Name: next.name }));
      return;
    case 'archive': {
      const EventSourceArn = `${home}:event-bus/default`;
      await refusable(bridge.createArchive({ ArchiveName: next.archive, EventSourceArn, RetentionDays: next.days }));
      return;
    }
    case 'keep':
      await refusable(bridge.updateArchive({ ArchiveName: next.archive, RetentionDays: next.days }));
      return;
    case 'delete-archive':
      await refusable(bridge.deleteArchive({ ArchiveName: next.archive }));
      return;
    case 'replay':
      await refusable(
        bridge.startReplay({
          ReplayName: next.replay,
          EventSourceArn: `${home}:archive/${next.archive}`,
          EventStartTime: 0,
          EventEndTime: new Date('2030-01-01'),
          Destination: { Arn: `${home}:event-bus/default` },
        }),
      );
      return;
    case 'cancel':
      await refusable(bridge.cancelReplay({ ReplayName: next.replay }));
      return;
    case 'advance':
      await clock.advance(next.by);
  }
}

/** A value of JSON with all its lists sorted. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => JSON.stringify(unordered(item))).sort();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, unordered(member)]));
}

describe('A bridge that was restored from a snapshot', () => {
  test('holds and does from then on what the bridge does that it was made of, whatever that was at', async () => {
    const steps = fc.array(step, { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(steps, steps, async (before, after) => {
        const one = noting();
        for (const next of before) await take(one, next);
        const text = JSON.stringify(one.bridge.snapshot());
        const other = noting();
        other.bridge.restore(JSON.parse(text));
        expect(JSON.stringify(other.bridge.snapshot())).toBe(text);

        one.calls.length = 0;
        for (const each of [one, other]) {
          await each.bridge.idle();
          for (const next of after) {
            await take(each, next);
            await each.bridge.idle();
          }
          await each.clock.advance('3h');
        }
        // What falls on one instant comes in no order that anything says.
        expect(other.calls.sort()).toEqual(one.calls.sort());
        const [ended, otherEnded] = [one, other].map(({ bridge }) =>
          unordered({ ...bridge.snapshot().state, places: [] }),
        );
        expect(otherEnded).toEqual(ended);
        const [letters, otherLetters] = [one, other].map(({ bridge }) =>
          bridge.queue('dead').messages.map(({ body, attributes }) => JSON.stringify([body, attributes])),
        );
        expect(otherLetters?.sort()).toEqual(letters?.sort());

        for (const { bridge, clock } of [one, other]) {
          bridge.reset();
          await bridge.close();
          expect(clock.pending).toBe(0);
        }
      }),
      { numRuns: 60 },
    );
  });
});
