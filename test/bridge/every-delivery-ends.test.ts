import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Bridge,
  createBridge,
  type HistoryRecord,
  type Subscription,
  TargetError,
  type VirtualClock,
  virtualClock,
} from '../../src/index.js';

const sources = ['a', 'b', 'c'];
const source = fc.constantFrom(...sources);
const behaviour = fc.constantFrom('returns', 'throws', 'rejects', 'resolves', 'target-error', 'publishes');
const names = ['r1', 'r2', 'r3'];
const step = fc.oneof(
  fc.record({ kind: fc.constant('publish' as const), source, count: fc.integer({ min: 1, max: 30 }) }),
  fc.record({
    kind: fc.constant('put-rule' as const),
    name: fc.constantFrom(...names),
    source,
    disabled: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('put-target' as const),
    name: fc.constantFrom(...names),
    behaviour,
    lambda: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('remove-target' as const), name: fc.constantFrom(...names), behaviour }),
  fc.record({ kind: fc.constant('subscribe' as const), source, behaviour }),
  fc.record({ kind: fc.constant('dispose' as const), which: fc.nat() }),
  fc.record({ kind: fc.constant('turn' as const) }),
  fc.record({ kind: fc.constant('advance' as const), seconds: fc.constantFrom(0, 1, 60, 3600, 90_000) }),
);

const arnOf = (name: string, lambda: boolean) =>
  lambda ? `arn:aws:lambda:us-east-1:123456789012:function:${name}` : `arn:aws:sns:us-east-1:123456789012:${name}`;

function handler(bridge: Bridge, name: string): () => unknown {
  switch (name) {
    case 'throws':
      return () => {
        throw new Error(name);
      };
    case 'rejects':
      return () => Promise.reject(name);
    case 'resolves':
      return async () => {
        for (let tick = 0; tick < 5; tick++) await Promise.resolve();
      };
    case 'target-error':
      return () => {
        throw new TargetError('NO_PERMISSIONS');
      };
    case 'publishes':
      return () => bridge.publish({ source: 'echo', detailType: 'x', detail: {} });
    default:
      return () => name;
  }
}

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

async function perform(
  { bridge, clock }: { bridge: Bridge; clock: VirtualClock },
  subscriptions: Subscription[],
  action: Step,
): Promise<void> {
  switch (action.kind) {
    case 'publish': {
      let isPublished = false;
      const events = Array.from({ length: action.count }, () => ({
        source: action.source,
        detailType: 'x',
        detail: {},
      }));
      void bridge.publish(events).then(() => {
        isPublished = true;
      });
      // Where a target is full of deliveries that wait, only time makes room.
      do await clock.advance(isPublished ? 0 : '5m');
      while (!isPublished);
      break;
    }
    case 'advance':
      await clock.advance(action.seconds * 1000);
      break;
    case 'put-rule':
      await bridge.putRule({
        Name: action.name,
        EventPattern: JSON.stringify({ source: [action.source] }),
        State: action.disabled ? 'DISABLED' : 'ENABLED',
      });
      break;
    case 'put-target': {
      const Targets = [{ Id: action.behaviour, Arn: arnOf(action.behaviour, action.lambda) }];
      await bridge.putTargets({ Rule: action.name, Targets }).catch(() => {});
      break;
    }
    case 'remove-target':
      await bridge.removeTargets({ Rule: action.name, Ids: [action.behaviour] }).catch(() => {});
      break;
    case 'subscribe':
      subscriptions.push(bridge.on({ source: [action.source] }, handler(bridge, action.behaviour)));
      break;
    case 'dispose':
      subscriptions[action.which % subscriptions.length]?.dispose();
      break;
    case 'turn':
      await Promise.resolve();
  }
}

describe('Every accepted event', () => {
  test('ends for every recipient in exactly one outcome', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const clock = virtualClock();
        const bridge = createBridge({
          clock,
          onFailedDelivery: 'ignore',
          onUnhandledTarget: 'ignore',
          limits: { pendingDeliveries: 20 },
        });
        for (const name of ['returns', 'throws', 'rejects', 'resolves', 'target-error']) {
          bridge.handle(arnOf(name, true), handler(bridge, name));
          bridge.handle(arnOf(name, false), handler(bridge, name));
        }
        const subscriptions: Subscription[] = [];
        const expected: string[] = [];
        const targets = async (rule: string) => (await bridge.listTargetsByRule({ Rule: rule })).Targets;
        const current = new Map<string, string[]>();
        bridge.observe('matched', ({ eventId, rules, subscriptions: subscribed }) => {
          for (const rule of rules) for (const id of current.get(rule) ?? []) expected.push(`${eventId} ${rule} ${id}`);
          for (const name of subscribed) expected.push(`${eventId} ${name}`);
        });
        for (const action of steps) {
          await perform({ bridge, clock }, subscriptions, action);
          for (const { Name } of (await bridge.listRules()).Rules)
            current.set(
              Name,
              (await targets(Name)).map(({ Id }) => Id),
            );
        }
        const { delivered, failed } = await bridge.close();
        const ended = bridge.history.deliveries().map(nameOf);
        expect(ended.toSorted()).toEqual(expected.toSorted());
        expect(new Set(ended).size).toBe(ended.length);
        expect(delivered + failed).toBe(ended.length);
      }),
      { numRuns: 100 },
    );
  });
});

function nameOf(record: HistoryRecord & { kind: 'delivered' | 'dead-lettered' | 'failed' }): string {
  const { eventId, rule, targetId, subscription } = record;
  return rule === undefined ? `${eventId} ${subscription}` : `${eventId} ${rule} ${targetId}`;
}
