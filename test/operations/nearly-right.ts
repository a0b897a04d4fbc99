import fc from 'fast-check';
import type { Shape, StringShape } from '../../src/model/shape.js';

export const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSparseArray: true,
  withNullPrototype: true,
});

const home = 'arn:aws:events:us-east-1:123456789012';

/** Texts that some member of the API takes. */
const words = [
  '',
  'a',
  'b',
  'default',
  'o-1',
  'events:PutEvents',
  '*',
  'StringEquals',
  'aws:PrincipalOrgID',
  '{"source":["a"]}',
  '{"Statement":{"Sid":"a"}}',
  'rate(1 day)',
  'https://shop.example',
  'arn:aws:sqs:us-east-1:123456789012:q',
  `${home}:event-bus/default`,
  `${home}:event-bus/a`,
  `${home}:rule/a`,
  `${home}:rule/b/a`,
  `${home}:connection/a/00000000-0000-0000-0000-000000000001`,
];

/** Mostly what a member takes, sometimes anything at all. */
export function nearly(shape: Shape): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 60, arbitrary: right(shape) }, anything);
}

function right(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'string':
      if (shape.values !== undefined) return fc.constantFrom(...shape.values);
      return fc.oneof({ weight: 60, arbitrary: wordsFor(shape) }, fc.string({ unit: 'binary' }));
    case 'integer':
      return fc.integer({ min: shape.min ?? 0, max: shape.max ?? 1000 });
    case 'boolean':
      return fc.boolean();
    case 'timestamp':
      return fc.oneof(fc.date(), fc.double());
    case 'list':
      return fc.array(nearly(shape.of), { minLength: 1, maxLength: 4 });
    case 'map':
      return fc.dictionary(fc.constantFrom('a', '__proto__', 'AWS'), wordsFor(shape.values));
    case 'structure': {
      const members = shape.inOrder.map((member) => [member.name, nearly(member.shape)]);
      const required = shape.inOrder.filter(({ isRequired }) => isRequired).map(({ name }) => name);
      return fc.record(Object.fromEntries(members), { requiredKeys: required as never[] });
    }
  }
}

function wordsFor({ pattern = '[^]*', min = 0 }: StringShape): fc.Arbitrary<string> {
  const fits = new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'u' : '');
  return fc.constantFrom(...words.filter((word) => word.length >= min && fits.test(word)), 'a');
}
