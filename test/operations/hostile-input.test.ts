import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBridge, type OperationName, ServiceError } from '../../src/index.js';
import { apiModel } from '../../src/model/api-model.js';
import type { Shape } from '../../src/model/shape.js';

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSparseArray: true,
  withNullPrototype: true,
});
const names = Object.keys(apiModel) as OperationName[];

/** Inputs that are nearly right: the members that the model has, with values of its types or of any other. */
function nearly(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'string':
      return fc.oneof(
        {
          weight: 20,
          arbitrary: fc.constantFrom(
            'a',
            'default',
            'ENABLED',
            '{"source":["a"]}',
            'rate(1 day)',
            'arn:aws:sqs:us-east-1:123456789012:q',
          ),
        },
        fc.string({ unit: 'binary' }),
        anything,
      );
    case 'integer':
      return fc.oneof(fc.integer({ min: 1, max: 100 }), fc.double(), anything);
    case 'list':
      return fc.oneof({ weight: 20, arbitrary: fc.array(nearly(shape.of), { minLength: 1, maxLength: 6 }) }, anything);
    case 'structure': {
      const members = Object.entries(shape.members).map(([name, member]) => [name, nearly(member)]);
      return fc.oneof(
        { weight: 20, arbitrary: fc.record(Object.fromEntries(members), { requiredKeys: shape.required as never[] }) },
        anything,
      );
    }
    default:
      return anything;
  }
}

describe('An operation, whatever it is given', () => {
  test.each(names)('answers or throws a ServiceError: %s', async (name) => {
    await using bridge = createBridge({ onUnhandledTarget: 'ignore' });
    await bridge.putRule({ Name: 'a', EventPattern: '{"source":["a"]}' });
    await fc.assert(
      fc.asyncProperty(nearly(apiModel[name]), async (input) => {
        const answer: unknown = await bridge.invoke(name, input as never).catch((reason: unknown) => reason);
        if (answer instanceof Error && !(answer instanceof ServiceError)) throw answer;
      }),
      { numRuns: 300 },
    );
    expect(await bridge.listRules()).toHaveProperty('Rules');
  });
});
