import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apiModel } from '../../src/bridge/api-model.js';
import { makeCore } from '../../src/bridge/core.js';
import { operationTable } from '../../src/bridge/operation-table.js';
import { readOptions } from '../../src/bridge/read-options.js';
import type { OperationContext } from '../../src/core/old-context.js';
import { perform } from '../../src/core/perform.js';
import { EventHistory } from '../../src/history/history.js';
import { Observers } from '../../src/history/observers.js';
import { type OperationName, ServiceError, sequentialIds } from '../../src/index.js';
import { anything, nearly } from './nearly-right.js';

const names = Object.keys(operationTable) as OperationName[];
const EventPattern = '{"source":["a"]}';

/** A bridge's state with something of everything in it. */
function world(): OperationContext {
  const options = readOptions({ buses: ['a', 'b'], ids: sequentialIds(), onUnhandledTarget: 'ignore' });
  const { context } = makeCore(options, { history: new EventHistory(0), observers: new Observers() });
  const invoke = (name: OperationName, input: object) => perform(context, name, input);
  invoke('PutRule', { Name: 'a', EventPattern, Tags: [{ Key: 'a', Value: 'b' }] });
  invoke('PutRule', { Name: 'a', EventPattern, EventBusName: 'b' });
  invoke('PutTargets', { Rule: 'a', Targets: [{ Id: 'a', Arn: 'arn:aws:sqs:us-east-1:123456789012:q' }] });
  invoke('PutPermission', { Action: 'events:PutEvents', Principal: '*', StatementId: 'a' });
  const { ConnectionArn } = perform(context, 'CreateConnection', {
    Name: 'a',
    AuthorizationType: 'BASIC',
    AuthParameters: { BasicAuthParameters: { Username: 'u', Password: 'p' } },
  });
  const InvocationEndpoint = 'https://shop.example';
  invoke('CreateApiDestination', { Name: 'a', ConnectionArn, InvocationEndpoint, HttpMethod: 'GET' });
  return context;
}

/** All that operations keep, as text. */
function stateOf({ store }: OperationContext): string {
  const buses = [...store.buses.values()];
  return JSON.stringify([
    buses,
    buses.map(({ Name }) => [...store.rules(Name).values()]),
    [...store.connections.values()],
    [...store.apiDestinations.values()],
  ]);
}

/** Throws for every error that is no ServiceError, and for a refused call that has changed anything. */
function tryOut(context: OperationContext, name: OperationName, input: unknown): 'answered' | 'refused' {
  const before = stateOf(context);
  try {
    expect(perform(context, name, input as never)).toEqual(expect.any(Object));
    return 'answered';
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    expect(stateOf(context)).toBe(before);
    return 'refused';
  }
}

describe('An operation, whatever it is given', () => {
  test.each(names)('answers or throws a ServiceError, and then has changed nothing: %s', (name) => {
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(nearly(apiModel[name]), (input) => {
        outcomes.add(tryOut(world(), name, input));
      }),
      { numRuns: 80 },
    );
    fc.assert(
      fc.property(anything, (input) => {
        tryOut(world(), name, input);
      }),
      { numRuns: 30 },
    );
    expect(outcomes).toContain('refused');
  });

  test('does so also after any others', () => {
    const call = fc.constantFrom(...names).chain((name) => fc.tuple(fc.constant(name), nearly(apiModel[name])));
    const counts = { answered: 0, refused: 0 };
    fc.assert(
      fc.property(fc.array(call, { minLength: 5, maxLength: 30 }), (calls) => {
        const context = world();
        for (const [name, input] of calls) counts[tryOut(context, name, input)]++;
      }),
      { numRuns: 100 },
    );
    expect(counts.answered).toBeGreaterThan(50);
    expect(counts.refused).toBeGreaterThan(50);
  });
});
