import { describe, expect, test } from 'vitest';
import { loaded, refusal, written } from './loaded.js';

const buses = (text: string) => `Resources:\n${text}`;
const rule = (properties: string) => `Resources:\n  R:\n    Type: AWS::Events::Rule\n    Properties: ${properties}\n`;
const bus = 'Type: AWS::Events::EventBus, Properties: { Name: orders }';

describe('A template that would be deployed otherwise than it reads', () => {
  test.each([
    [
      'a second document',
      `---\n${buses(`  A: { ${bus} }\n`)}---\n${buses(`  B: { ${bus} }\n`)}`,
      /^template\.yaml:4:1: the file has more than one YAML document/,
    ],
    [
      'a number that JSON does not have',
      rule('{ EventPattern: { detail: { total: [.inf] } } }'),
      'template.yaml:4:53: Resources.R.Properties.EventPattern.detail.total[0]: .inf is a number that JSON does not have',
    ],
    [
      'a name that comes as a number and as text',
      buses(`  1: { ${bus} }\n  "1": { ${bus} }\n`),
      'template.yaml:3:3: Resources.1: the name "1" comes twice',
    ],
    [
      'a condition that is no name',
      buses(`  A: { Condition: [IsProd], ${bus} }\n`),
      'template.yaml:2:19: Resources.A.Condition: Condition must be the name of one, but is a list',
    ],
    [
      'parameters that are a number',
      `Parameters: 5\n${buses(`  A: { ${bus} }\n`)}`,
      'template.yaml:1:13: Parameters: Parameters must be an object, but is a number',
    ],
    [
      'a parameter that is text',
      `Parameters: { Name: orders }\n${buses('  A: { Type: AWS::Events::EventBus, Properties: { Name: !Ref Name } }\n')}`,
      'template.yaml:1:21: Parameters.Name: a parameter must be an object, but is a string',
    ],
    [
      'conditions that are a list',
      `Conditions: []\n${buses(`  A: { ${bus} }\n`)}`,
      'template.yaml:1:13: Conditions: Conditions must be an object, but is a list',
    ],
    [
      'variables of Fn::Sub that are text',
      rule('{ Name: !Sub ["a", x], EventPattern: { source: [a] } }'),
      'template.yaml:4:36: Resources.R.Properties.Name[1]: the variables of Fn::Sub must be an object, but are a string',
    ],
    [
      'a function that is not carried out',
      rule('{ Name: !Select [0, !Cidr [10.0.0.0/8, 1, 8]], EventPattern: { source: [a] } }'),
      'template.yaml:4:43: Resources.R.Properties.Name[1]: Fn::Cidr is not carried out here: write out what it makes',
    ],
    [
      'two buses of one name',
      buses(`  A: { ${bus} }\n  B: { ${bus} }\n`),
      'template.yaml:3:57: Resources.B.Properties.Name: A has the name "orders" already',
    ],
    [
      'a dependency on nothing',
      buses(`  A: { DependsOn: [B, Nowhere], ${bus} }\n  B: { Type: AWS::SQS::Queue }\n`),
      'template.yaml:2:23: Resources.A.DependsOn[1]: Unresolved resource dependencies [Nowhere] in the Resources block of the template',
    ],
    [
      'a dependency on a parameter',
      `Parameters: { B: { Type: String } }\n${buses(`  A: { DependsOn: B, ${bus} }\n`)}`,
      'template.yaml:3:19: Resources.A.DependsOn: Unresolved resource dependencies [B] in the Resources block of the template',
    ],
    [
      'a dependency that is no name',
      buses(`  A: { DependsOn: !Ref B, ${bus} }\n  B: { Type: AWS::SQS::Queue }\n`),
      'template.yaml:2:24: Resources.A.DependsOn: DependsOn takes the logical ids of resources, but this is an object',
    ],
    [
      'dependencies in a circle',
      buses(`  A: { DependsOn: B, ${bus} }\n  B: { DependsOn: [A], Type: AWS::SQS::Queue }\n`),
      'template.yaml:2:3: Resources.A: the resources wait for each other: A → B → A',
    ],
    [
      'two rules of one name on one bus',
      buses(
        '  A: { Type: AWS::Events::Rule, Properties: { Name: x, EventPattern: { source: [a] } } }\n  B: { Type: AWS::Events::Rule, Properties: { Name: x, EventPattern: { source: [b] } } }\n',
      ),
      'template.yaml:3:53: Resources.B.Properties.Name: A has the name "x" already',
    ],
  ])('is refused: %s', async (_, text, message) => {
    const found = await refusal(written(text));
    if (typeof message === 'string') expect(found).toBe(message);
    else expect(found).toMatch(message);
  });

  test('may depend on what is not deployed, and on what a macro may make', async () => {
    const conditional = `Conditions: { Never: !Equals [a, b] }\n${buses(`  A: { DependsOn: B, ${bus} }\n  B: { Type: AWS::SQS::Queue, Condition: Never }\n`)}`;
    expect((await loaded(written(conditional))).stack.skipped.map(({ logicalId }) => logicalId)).toEqual(['B']);
    const macro = `Transform: Mine\n${buses(`  A: { DependsOn: Made, ${bus} }\n`)}`;
    expect((await loaded(written(macro))).stack.skipped.map(({ logicalId }) => logicalId)).toEqual(['Transform']);
  });

  test('may have rules of one name on two buses', async () => {
    const { stack } = await loaded(
      written(
        buses(
          `  Bus: { ${bus} }\n  A: { Type: AWS::Events::Rule, Properties: { Name: x, EventPattern: { source: [a] } } }\n  B: { Type: AWS::Events::Rule, Properties: { Name: x, EventBusName: !Ref Bus, EventPattern: { source: [a] } } }\n`,
        ),
      ),
    );
    expect(stack.rules.map(({ bus, name }) => `${bus}/${name}`)).toEqual(['default/x', 'orders/x']);
  });

  test.each([
    [
      'at the root',
      `Fn::Transform: { Name: AWS::Include }\n${buses(`  A: { ${bus} }\n`)}`,
      'the macro AWS::Include is not carried out',
    ],
    [
      'among the resources',
      buses(`  Fn::Transform: { Name: AWS::Include }\n  A: { ${bus} }\n`),
      'Fn::Transform is not carried out: write out what it makes',
    ],
  ])('lists a macro that is not carried out: %s', async (_, text, reason) => {
    const { stack } = await loaded(written(text));
    expect(stack.skipped.map((skipped) => skipped.reason)).toEqual([reason]);
  });

  test('keeps an account that begins with 0 as the text that it is for CloudFormation', async () => {
    const { stack } = await loaded(written(rule('{ EventPattern: { account: [012345678901] } }')));
    expect(stack.rules[0]?.eventPattern).toBe('{"account":["012345678901"]}');
  });

  test.each([[5n], [Symbol('Dlq')], [undefined], [{}]])(
    'says that no queue has a name that is no text: %s',
    async (name) => {
      const { stack } = await loaded(written(buses('  Dlq: { Type: AWS::SQS::Queue }\n')));
      const kind = name === undefined ? 'undefined' : `${typeof name === 'object' ? 'an' : 'a'} ${typeof name}`;
      expect(() => stack.queue(name as never)).toThrow(`stack.queue: the stack has no ${kind}. There are Dlq.`);
    },
  );
});
