import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Host } from '../../src/core/plugin.js';

import { type OperationName, ServiceError, sequentialIds } from '../../src/index.js';
import { anything, nearly } from './nearly-right.js';
import { createHost, operationNames, performOn, shapes } from './operation-model.js';

const EventPattern = '{"source":["a"]}';

/** A bridge's state with something of everything in it. */
function world(): Host {
  const host = createHost({ buses: ['a', 'b'], ids: sequentialIds(), onUnhandledTarget: 'ignore' });
  const invoke = (name: OperationName, input: object) => performOn(host, name, input);
  invoke('PutRule', { Name: 'a', EventPattern, Tags: [{ Key: 'a', Value: 'b' }] });
  invoke('PutRule', { Name: 'a', EventPattern, EventBusName: 'b' });
  invoke('PutTargets', { Rule: 'a', Targets: [{ Id: 'a', Arn: 'arn:aws:sqs:us-east-1:123456789012:q' }] });
  invoke('PutPermission', { Action: 'events:PutEvents', Principal: '*', StatementId: 'a' });
  const { ConnectionArn } = performOn(host, 'CreateConnection', {
    Name: 'a',
    AuthorizationType: 'BASIC',
    AuthParameters: { BasicAuthParameters: { Username: 'u', Password: 'p' } },
  });
  const InvocationEndpoint = 'https://shop.example';
  invoke('CreateApiDestination', { Name: 'a', ConnectionArn, InvocationEndpoint, HttpMethod: 'GET' });
  return host;
}

/** All that operations keep, as text. */
function stateOf({ plugins, store }: Host): string {
  return JSON.stringify(plugins.flatMap(({ collections = [] }) => collections.map((type) => store.all(type))));
}

/** Throws for every error that is no ServiceError, and for a refused call that has changed anything. */
function tryOut(host: Host, name: OperationName, input: unknown): 'answered' | 'refused' {
  const before = stateOf(host);
  try {
    expect(performOn(host, name, input as never)).toEqual(expect.any(Object));
    return 'answered';
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    expect(stateOf(host)).toBe(before);
    return 'refused';
  }
}

describe('An operation, whatever it is given', () => {
  test.each(operationNames)('answers or throws a ServiceError, and then has changed nothing: %s', (name) => {
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(nearly(shapes[name]), (input) => {
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
    const call = fc.constantFrom(...operationNames).chain((name) => fc.tuple(fc.constant(name), nearly(shapes[name])));
    const counts = { answered: 0, refused: 0 };
    fc.assert(
      fc.property(fc.array(call, { minLength: 5, maxLength: 30 }), (calls) => {
        const host = world();
        for (const [name, input] of calls) counts[tryOut(host, name, input)]++;
      }),
      { numRuns: 100 },
    );
    expect(counts.answered).toBeGreaterThan(50);
    expect(counts.refused).toBeGreaterThan(50);
  });
});
