import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type OperationName, ServiceError } from '../../src/index.js';
import { readInput } from '../../src/model/read-input.js';
import { type Shape, type StringShape, structure } from '../../src/model/shape.js';
import { validateInput } from '../../src/model/validate-input.js';
import { shapes } from '../operations/operation-model.js';

type Name = OperationName;

const texts = new Map(
  Object.values(shapes)
    .flatMap(textsIn)
    .flatMap((shape) => (shape.pattern === undefined ? [] : [[shape.pattern, shape] as const])),
);
const slow = [...texts.values()].filter(({ linearPattern }) => linearPattern !== undefined);

function textsIn(shape: Shape): StringShape[] {
  if (shape.kind === 'string') return [shape];
  if (shape.kind === 'list') return textsIn(shape.of);
  if (shape.kind === 'map') return [shape.keys, shape.values];
  return shape.kind === 'structure' ? Object.values(shape.members).flatMap(textsIn) : [];
}

function refusal(name: Name, input: unknown): string | undefined {
  try {
    validateInput(shapes[name], readInput(shapes[name], input));
    return undefined;
  } catch (error) {
    return error instanceof ServiceError ? error.message : String(error);
  }
}

function failure(value: string, path: string, constraint: string): string {
  return `1 validation error detected: Value ${value} at '${path}' failed to satisfy constraint: ${constraint}`;
}

describe('The constraints', () => {
  const archive = { ArchiveName: 'a', EventSourceArn: 'arn:aws:events:us-east-1:123456789012:event-bus/default' };
  const target = { Id: '1', Arn: 'a' };
  const ofTarget = (more: object) => ({ Rule: 'r', Targets: [{ ...target, ...more }] });

  test.each<[Name, unknown, string]>([
    [
      'CreateArchive',
      { ...archive, ArchiveName: 'a'.repeat(49) },
      failure(`'${'a'.repeat(49)}'`, 'archiveName', 'Member must have length less than or equal to 48'),
    ],
    [
      'CreateArchive',
      { ...archive, RetentionDays: -1 },
      failure("'-1'", 'retentionDays', 'Member must have value greater than or equal to 0'),
    ],
    [
      'CreateArchive',
      { ...archive, Description: 'two\nlines' },
      failure("'two\nlines'", 'description', 'Member must satisfy regular expression pattern: .*'),
    ],
    [
      'StartReplay',
      { ReplayName: 'r', EventSourceArn: archive.EventSourceArn, EventStartTime: 0, EventEndTime: 1, Destination: {} },
      failure('null', 'destination.arn', 'Member must not be null'),
    ],
    [
      'ListReplays',
      { State: 'DONE' },
      failure(
        "'DONE'",
        'state',
        'Member must satisfy enum value set: [STARTING, RUNNING, CANCELLING, COMPLETED, CANCELLED, FAILED]',
      ),
    ],
    ['ListEventBuses', { Limit: 0 }, failure("'0'", 'limit', 'Member must have value greater than or equal to 1')],
    [
      'UntagResource',
      { ResourceARN: 'a', TagKeys: ['a', ''] },
      failure(
        "'[a, ]'",
        'tagKeys',
        'Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]',
      ),
    ],
    [
      'PutTargets',
      ofTarget({ EcsParameters: { TaskDefinitionArn: 'a', NetworkConfiguration: { awsvpcConfiguration: {} } } }),
      failure(
        'null',
        'targets.1.member.ecsParameters.networkConfiguration.awsvpcConfiguration.subnets',
        'Member must not be null',
      ),
    ],
    [
      'PutTargets',
      ofTarget({ EcsParameters: { TaskDefinitionArn: 'a', TaskCount: 0 } }),
      failure("'0'", 'targets.1.member.ecsParameters.taskCount', 'Member must have value greater than or equal to 1'),
    ],
    [
      'PutTargets',
      ofTarget({ RunCommandParameters: { RunCommandTargets: [{ Key: 'tag:\u00fc', Values: ['a'] }, { Key: '!' }] } }),
      "2 validation errors detected: Value '!' at 'targets.1.member.runCommandParameters.runCommandTargets.2.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$; " +
        "Value null at 'targets.1.member.runCommandParameters.runCommandTargets.2.member.values' failed to satisfy constraint: Member must not be null",
    ],
    [
      'PutTargets',
      ofTarget({ HttpParameters: { HeaderParameters: { 'a b': 'c' } } }),
      failure(
        "'{a b=c}'",
        'targets.1.member.httpParameters.headerParameters',
        "Map keys must satisfy constraint: [Member must have length less than or equal to 512, Member must have length greater than or equal to 0, Member must satisfy regular expression pattern: ^[!#$%&'*+-.^_`|~0-9a-zA-Z]+$]",
      ),
    ],
    [
      'PutTargets',
      ofTarget({ RedshiftDataParameters: { Database: 'd', Sql: '' } }),
      "1 validation error detected: Value at 'targets.1.member.redshiftDataParameters.sql' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'PutTargets',
      {
        Rule: 'r',
        Targets: Array.from({ length: 101 }, () => ({ ...target, AppSyncParameters: { GraphQLOperation: 'q' } })),
      },
      failure(
        `'[${Array.from(
          { length: 101 },
          () =>
            'Target(id=1, arn=a, roleArn=null, input=null, inputPath=null, inputTransformer=null, kinesisParameters=null, runCommandParameters=null, ecsParameters=null, batchParameters=null, sqsParameters=null, httpParameters=null, redshiftDataParameters=null, sageMakerPipelineParameters=null, deadLetterConfig=null, retryPolicy=null, appSyncParameters=AppSyncParameters(graphQLOperation=***Sensitive Data Redacted***))',
        ).join(', ')}]'`,
        'targets',
        'Member must have length less than or equal to 100',
      ),
    ],
  ])('are told in the words of the service: %s %#', (name, input, message) => {
    expect(refusal(name, input)).toBe(message);
  });

  test.each<[Name, unknown, string]>([
    ['ListRules', { Limit: 2 ** 31 }, 'integer of 32 bits, but is 2147483648.'],
    [
      'CreateArchive',
      { ...archive, RetentionDays: '1' },
      "Member 'retentionDays' must be an integer, but is a string.",
    ],
    ['DeleteRule', { Name: 'a', Force: 'yes' }, "Member 'force' must be a boolean, but is a string."],
    [
      'PutTargets',
      ofTarget({ BatchParameters: 'none' }),
      "Member 'targets.1.member.batchParameters' must be an object, but is a string.",
    ],
    [
      'PutTargets',
      ofTarget({ HttpParameters: { PathParameterValues: [1] } }),
      "Member 'targets.1.member.httpParameters.pathParameterValues.1.member' must be a string, but is a number.",
    ],
  ])('come after the types: %s %#', (name, input, message) => {
    expect(refusal(name, input)).toContain(message);
  });
});

describe('The patterns', () => {
  test.each(slow)(
    'that could hang stand beside others of the same language: $pattern',
    ({ pattern, linearPattern }) => {
      const original = new RegExp(`^(?:${pattern})$`);
      const linear = new RegExp(`^(?:${linearPattern})$`);
      const unit = fc.constantFrom(
        ' ',
        '\t',
        'a',
        ':',
        '~',
        '\x1f',
        '\x7f',
        '\n',
        'é',
        '\u{1f600}',
        '\x00',
        '\x08',
        '\x0a',
      );
      fc.assert(
        fc.property(fc.string({ unit, maxLength: 8 }), (text) => {
          expect(linear.test(text)).toBe(original.test(text));
        }),
        { numRuns: 5000 },
      );
      for (let code = 0; code < 0x100; code++) {
        const text = String.fromCharCode(code);
        expect(linear.test(text)).toBe(original.test(text));
        expect(linear.test(`a${text}a`)).toBe(original.test(`a${text}a`));
      }
      expect(slow).toHaveLength(2);
    },
  );

  test.each([...texts])('are run on hostile texts in no time: %s', (_, shape) => {
    const run = (text: string) => {
      const failures = validateOne(shape, text);
      expect(failures === undefined || failures.startsWith('1 validation error') || failures.startsWith('2 ')).toBe(
        true,
      );
    };
    const starts = ['', 'a', 'arn:aws:events:us-east-1:123456789012:', 'aws.partner', '$', 'https://', 'events:'];
    const repeated = [' ', '\t', 'a', '/', '/a', '-a', 'a ', ' a', '.a[0]', '%41', '*'];
    for (const start of starts) {
      for (const part of repeated) {
        for (const length of [500, 9000, 100_000]) {
          for (const end of ['', '\x00', ':', '\n']) run(start + part.repeat(length / part.length) + end);
        }
      }
    }
  });

  test('are run to no end on texts that are far too long, which are told their length', () => {
    const endless = 'a'.repeat(20_000_000);
    const message = refusal('DescribeConnection', { Name: endless });
    expect(message?.slice(0, 40)).toBe("1 validation error detected: Value 'aaaa");
    expect(message?.slice(-50)).toBe(': Member must have length less than or equal to 64');
  });
});

function validateOne(shape: StringShape, text: string): string | undefined {
  try {
    validateInput(structure('One', { 'Text!': shape }), { Text: text });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
