import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { archived, busArn, everything, home, publishNumbers } from './archive-world.js';

type Meanwhile =
  | { readonly kind: 'publish'; readonly n: number; readonly second: number }
  | { readonly kind: 'rule'; readonly rule: string; readonly remainder: number }
  | { readonly kind: 'delete-archive' }
  | { readonly kind: 'cancel' };

const moduli = 3;
const rules = ['a', 'b', 'c'];
const ruleName = fc.constantFrom(...rules);
const remainder = fc.nat(moduli - 1);
/** Seconds within five minutes. */
const second = fc.nat(299);
const number = fc.nat(20);

const meanwhile: fc.Arbitrary<Meanwhile> = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant('publish' as const), n: number, second }), weight: 4 },
  { arbitrary: fc.record({ kind: fc.constant('rule' as const), rule: ruleName, remainder }), weight: 4 },
  { arbitrary: fc.constant({ kind: 'delete-archive' as const }), weight: 1 },
  { arbitrary: fc.constant({ kind: 'cancel' as const }), weight: 1 },
);

const timeOf = (at: number) => new Date(Date.UTC(2026, 0, 1) + at * 1000);
/** The numbers of one remainder: what a rule of it matches. */
const patternOf = (rest: number) => ({
  detail: { n: Array.from({ length: 21 }, (_, n) => n).filter((n) => n % moduli === rest) },
});

describe('A replay', () => {
  test('brings each archived event of its window once to those of its rules that match it, whatever happens meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ n: number, second }), { maxLength: 30 }),
        fc.dictionary(ruleName, remainder),
        fc.uniqueArray(ruleName),
        fc.tuple(second, fc.integer({ min: 1, max: 300 })),
        fc.array(fc.tuple(fc.nat(40), meanwhile), { maxLength: 8 }),
        async (events, matched, filter, [from, span], plans) => {
          const { bridge } = await archived();
          await using _ = bridge;
          const present = new Map<string, number>();
          const putRule = async (name: string, rest: number) => {
            await bridge.putRule({ Name: name, EventPattern: JSON.stringify(patternOf(rest)) });
            await bridge.putTargets({
              Rule: name,
              Targets: [{ Id: '1', Arn: `arn:aws:sqs:us-east-1:123456789012:${name}` }],
            });
            present.set(name, rest);
          };
          for (const { n, second } of events) await publishNumbers(bridge, [n], timeOf(second));
          for (const [name, rest] of Object.entries(matched)) await putRule(name, rest);
          await bridge.idle();
          bridge.resetHistory();

          const pending = [...plans].sort(([a], [b]) => a - b);
          const expected = new Map(rules.map((name) => [name, [] as string[]]));
          const published = new Map(rules.map((name) => [name, [] as string[]]));
          const note = (to: Map<string, string[]>, n: number, id: string, chosen: readonly string[]) => {
            for (const name of chosen) if (present.get(name) === n % moduli) to.get(name)?.push(id);
          };
          const replayed: number[] = [];
          let cancelledAt: number | undefined;
          const changes: Promise<unknown>[] = [];
          const act = (plan: Meanwhile) => {
            // All of these take effect while they are called.
            if (plan.kind === 'publish') changes.push(publishNumbers(bridge, [plan.n], timeOf(plan.second)));
            else if (plan.kind === 'delete-archive')
              changes.push(bridge.deleteArchive({ ArchiveName: 'all' }).catch(() => {}));
            else if (plan.kind === 'cancel') {
              cancelledAt ??= replayed.length;
              changes.push(bridge.cancelReplay({ ReplayName: 'again' }).catch(() => {}));
            } else if (present.has(plan.rule)) {
              present.set(plan.rule, plan.remainder);
              changes.push(
                bridge.putRule({ Name: plan.rule, EventPattern: JSON.stringify(patternOf(plan.remainder)) }),
              );
            }
          };
          bridge.observe('accepted', ({ origin, event }) => {
            const { n } = event.detail;
            if (origin !== 'replay') return note(published, n, event.id, rules);
            replayed.push(n);
            return undefined;
          });
          // Told once the rules are decided: what is changed here counts from the next event on.
          const decided = (eventId: string) => {
            const event = bridge.history.events().find(({ id }) => id === eventId);
            if (event?.['replay-name'] === undefined) return;
            note(expected, event.detail.n, eventId, filter.length === 0 ? rules : filter);
            while (pending[0] !== undefined && pending[0][0] < replayed.length)
              act((pending.shift() as [number, Meanwhile])[1]);
          };
          bridge.observe('matched', ({ eventId }) => decided(eventId));
          bridge.observe('unmatched', ({ eventId }) => decided(eventId));

          const window = [from, from + span] as const;
          const inWindow = events
            .filter(({ second }) => second >= window[0] && second < window[1])
            .map((event, place) => ({ ...event, place }))
            .sort((a, b) => Math.floor(a.second / 60) - Math.floor(b.second / 60) || a.place - b.place)
            .map(({ n }) => n);
          await bridge.startReplay({
            ...everything,
            EventStartTime: timeOf(window[0]),
            EventEndTime: timeOf(window[1]),
            Destination: { Arn: busArn, FilterArns: filter.map((name) => `${home}:rule/${name}`) },
          });
          await bridge.idle();
          await Promise.all(changes);
          await bridge.idle();

          expect(replayed).toEqual(cancelledAt === undefined ? inWindow : inWindow.slice(0, cancelledAt));
          for (const name of rules) {
            const got = bridge.queue(name).messages.map(({ body }) => JSON.parse(body).id);
            expect(got.sort()).toEqual([...(expected.get(name) ?? []), ...(published.get(name) ?? [])].sort());
          }
          const isCancelled = cancelledAt !== undefined;
          expect(await bridge.describeReplay({ ReplayName: 'again' })).toMatchObject({
            State: isCancelled ? 'CANCELLED' : 'COMPLETED',
          });
        },
      ),
      { numRuns: 200 },
    );
  });
});
