import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextFullTurn } from '../../src/base/clock/real-timers.js';
import {
  type Bridge,
  createBridge,
  type Subscription,
  TargetError,
  type VirtualClock,
  virtualClock,
} from '../../src/index.js';
import { captureWarnings } from '../warnings.js';

const sources = ['a', 'b'];
const ruleNames = ['r1', 'r2', 'r3'];
const behaviours = ['returns', 'throws', 'sometimes', 'hangs', 'sleeps', 'refuses', 'moves', 'unhandled'] as const;
type Behaviour = (typeof behaviours)[number];
/** Draining is left to other tests: it gives handlers that hang a second of real time. */
const ways = ['advance', 'close at once'] as const;

const source = fc.constantFrom(...sources);
const rule = fc.constantFrom(...ruleNames);
const behaviour = fc.constantFrom(...behaviours);
const policy = fc.record(
  { MaximumRetryAttempts: fc.integer({ min: 0, max: 5 }), MaximumEventAgeInSeconds: fc.constantFrom(60, 300, 86_400) },
  { requiredKeys: [] },
);

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('put-events' as const), source, count: fc.integer({ min: 1, max: 10 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('put-target' as const),
      rule,
      behaviour,
      lambda: fc.boolean(),
      policy,
      letters: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('put-rule' as const), rule, source }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove-target' as const), rule, behaviour }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete-rule' as const), rule }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('subscribe' as const),
      source,
      behaviour,
      policy,
      concurrency: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('dispose' as const), which: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('handle' as const),
      behaviour,
      instead: behaviour,
      lambda: fc.boolean(),
      concurrency: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('publish' as const), source, count: fc.integer({ min: 1, max: 40 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reset' as const), isWanted: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('turn' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('fault' as const),
      behaviour,
      lambda: fc.boolean(),
      latency: fc.boolean(),
      times: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('advance' as const),
      seconds: fc.constantFrom(0, 1, 10, 60, 3600, 90_000),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

interface Run {
  readonly bridge: Bridge;
  readonly clock: VirtualClock;
  readonly subscriptions: Subscription[];
  /** Those that may wait for room. */
  readonly published: Promise<unknown>[];
  readonly random: () => number;
}

function arnOf(name: Behaviour, lambda: boolean): string {
  return lambda
    ? `arn:aws:lambda:us-east-1:123456789012:function:${name}`
    : `arn:aws:sns:us-east-1:123456789012:${name}`;
}

function handler({ clock, random }: Pick<Run, 'clock' | 'random'>, name: Behaviour): () => unknown {
  switch (name) {
    case 'throws':
      return () => {
        throw new Error(name);
      };
    case 'sometimes':
      return () => (random() < 0.5 ? Promise.reject(new TargetError('THROTTLING')) : undefined);
    case 'hangs':
      return () => new Promise(() => {});
    case 'sleeps':
      return () => new Promise<void>((resolve) => clock.schedule(clock.now() + 5000, resolve));
    case 'moves':
      return () => clock.advance('3s');
    case 'refuses':
      return () => Promise.reject(new TargetError('NO_PERMISSIONS'));
    default:
      return () => name;
  }
}

async function perform(run: Run, action: Step): Promise<unknown> {
  const { bridge, clock, subscriptions } = run;
  switch (action.kind) {
    case 'put-events':
      return bridge.putEvents({
        Entries: Array.from({ length: action.count }, () => ({ Source: action.source, DetailType: 'x', Detail: '{}' })),
      });
    case 'put-rule':
      return bridge.putRule({ Name: action.rule, EventPattern: JSON.stringify({ source: [action.source] }) });
    case 'put-target': {
      const { behaviour: Id, lambda, letters, policy: RetryPolicy } = action;
      const DeadLetterConfig = { Arn: 'arn:aws:sqs:us-east-1:123456789012:dlq' };
      const target = { Id, Arn: arnOf(Id, lambda), RetryPolicy, ...(letters ? { DeadLetterConfig } : {}) };
      return bridge.putTargets({ Rule: action.rule, Targets: [target] });
    }
    case 'remove-target':
      return bridge.removeTargets({ Rule: action.rule, Ids: [action.behaviour] });
    case 'delete-rule': {
      const { Targets } = await bridge.listTargetsByRule({ Rule: action.rule });
      if (Targets.length > 0) await bridge.removeTargets({ Rule: action.rule, Ids: Targets.map(({ Id }) => Id) });
      return bridge.deleteRule({ Name: action.rule });
    }
    case 'subscribe': {
      const { concurrency, policy: retryPolicy } = action;
      const how = { concurrency, retryPolicy, timeout: '1m' } as const;
      return subscriptions.push(bridge.on({ source: [action.source] }, handler(run, action.behaviour), how));
    }
    case 'dispose':
      return subscriptions[action.which % subscriptions.length]?.dispose();
    case 'fault': {
      const { times, latency, lambda } = action;
      return bridge.faults.target(
        arnOf(action.behaviour, lambda),
        latency ? { times, latency: '7s' } : { times, code: 'THROTTLING' },
      );
    }
    case 'handle': {
      const { behaviour: name, instead, lambda, concurrency } = action;
      const handle = bridge.handle(arnOf(name, lambda), handler(run, instead), { concurrency, timeout: '20s' });
      return instead === 'unhandled' ? handle.dispose() : undefined;
    }
    case 'publish':
      run.published.push(
        bridge.publish(
          Array.from({ length: action.count }, () => ({ source: action.source, detailType: 'x', detail: {} })),
        ),
      );
      return;
    case 'reset':
      return action.isWanted ? bridge.reset() : undefined;
    case 'turn':
      return nextFullTurn();
    case 'advance':
      return clock.advance(action.seconds * 1000);
  }
}

/** What the events that were accepted are for, as the rules stand at that moment. */
function expectOutcomes({ bridge }: Run): Promise<string[]>[] {
  const expected: Promise<string[]>[] = [];
  bridge.observe('matched', ({ eventId, rules, subscriptions }) => {
    expected.push(Promise.resolve(subscriptions.map((name) => `${eventId} ${name}`)));
    for (const name of rules) {
      const listed = bridge.listTargetsByRule({ Rule: name });
      expected.push(listed.then(({ Targets }) => Targets.map(({ Id }) => `${eventId} ${name} ${Id}`)));
    }
  });
  return expected;
}

/** Told by observers, since `reset` empties the history. */
function observeEnds(bridge: Bridge): { readonly kind: string; readonly name: string }[] {
  const ends: { readonly kind: string; readonly name: string }[] = [];
  for (const kind of ['delivered', 'dead-lettered', 'failed'] as const) {
    bridge.observe(kind, ({ eventId, rule: name, targetId, subscription }) => {
      ends.push({ kind, name: name === undefined ? `${eventId} ${subscription}` : `${eventId} ${name} ${targetId}` });
    });
  }
  return ends;
}

/** Lets everything end, by one of the ways there are. */
async function finish({ bridge, clock }: Run, way: (typeof ways)[number]): Promise<void> {
  if (way === 'close at once') await bridge.close({ signal: AbortSignal.abort() });
  else await clock.advance('60d');
}

function start(seed: number): Run {
  let state = seed >>> 0;
  // Any generator will do that starts from the seed.
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const clock = virtualClock();
  const silent = { onFailedDelivery: 'ignore', onUnhandledTarget: 'ignore' } as const;
  const bridge = createBridge({ clock, random, ...silent, limits: { pendingDeliveries: 15 } });
  for (const name of behaviours) {
    if (name === 'unhandled') continue;
    for (const lambda of [true, false]) {
      bridge.handle(arnOf(name, lambda), handler({ clock, random }, name), { timeout: '30s', concurrency: 2 });
    }
  }
  return { bridge, clock, subscriptions: [], published: [], random };
}

describe('Every accepted event', () => {
  test('ends for every target in exactly one of delivered, dead-lettered and failed', async () => {
    // Faults are left over.
    captureWarnings();
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 40 }),
        fc.nat(),
        fc.constantFrom(...ways),
        async (steps, seed, way) => {
          const run = start(seed);
          const { bridge, clock } = run;
          const expected = expectOutcomes(run);
          const ends = observeEnds(bridge);
          const times: number[] = [];
          bridge.observe('retrying', ({ time }) => times.push(Date.parse(time)));
          for (const name of ruleNames) await perform(run, { kind: 'put-rule', rule: name, source: 'a' });
          for (const action of steps) {
            // Rules that are not there, and more targets than five, are refused.
            await perform(run, action).catch(() => {});
          }
          await finish(run, way);
          await bridge.close();
          await Promise.allSettled(run.published);
          const report = await bridge.idle();
          expect(report).toMatchObject({ waiting: 0, nextAt: undefined });
          const names = ends.map(({ name }) => name);
          expect(names.toSorted()).toEqual((await Promise.all(expected)).flat().toSorted());
          expect(new Set(names).size).toBe(names.length);
          for (const { kind } of ends) seen.add(kind);
          if (!steps.some((action) => action.kind === 'reset' && action.isWanted)) {
            expect(report.delivered + report.deadLettered + report.failed).toBe(names.length);
            const letters = ends.filter(({ kind }) => kind === 'dead-lettered');
            expect(bridge.queue('dlq').messages).toHaveLength(letters.length);
          }
          expect(times).toEqual(times.toSorted((a, b) => a - b));
          // What handlers wait for on the clock themselves is all that may be left.
          await clock.advance('1m');
          expect(clock.pending).toBe(0);
        },
      ),
      { numRuns: 150 },
    );
    expect(seen).toEqual(new Set(['delivered', 'dead-lettered', 'failed']));
  });
});
