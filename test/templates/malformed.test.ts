import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';
import { loadTemplate, TemplateError } from '../../src/templates.js';
import { loaded, refusal, written } from './loaded.js';

const resources = (text: string) => `Resources:\n${text}`;
const bus = '  Bus: { Type: AWS::Events::EventBus, Properties: { Name: orders } }\n';
const rule = (properties: string) =>
  resources(`${bus}  Rule:\n    Type: AWS::Events::Rule\n    Properties: ${properties}\n`);

const cases: readonly [name: string, text: string, message: string][] = [
  [
    'YAML that is none',
    'Resources:\n  Bus: [\n',
    'template.yaml:3:1: not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
  ],
  [
    'a key that is there twice',
    'Resources:\n  A: { Type: X }\n  A: { Type: X }\n',
    'template.yaml:3:3: Resources.A: the name "A" is there twice',
  ],
  [
    'an alias of nothing',
    'Resources: *nothing\n',
    'template.yaml:1:12: Resources: the alias *nothing has no anchor before it',
  ],
  [
    'an unknown tag',
    rule('{ EventPattern: !Nothing { source: [a] } }'),
    'template.yaml:5:42: Resources.Rule.Properties.EventPattern: unknown tag !Nothing; there are !Ref, !Condition, !And, !Base64, !Cidr, !Equals, !FindInMap, !GetAtt, !GetAZs, !If, !ImportValue, !Join, !Length, !Not, !Or, !Select, !Split, !Sub, !ToJsonString, !Transform',
  ],
  [
    'resources that name each other',
    resources(
      '  A: { Type: AWS::Events::EventBus, Properties: { Name: !Ref B } }\n  B: { Type: AWS::Events::EventBus, Properties: { Name: !Join ["", [!Ref A, x]] } }\n',
    ),
    'template.yaml:2:3: Resources.A: circular dependency between resources: A → B → A',
  ],
  [
    'a resource that waits for itself by way of DependsOn',
    resources('  A: { Type: X, DependsOn: B }\n  B: { Type: X, DependsOn: [A] }\n'),
    'template.yaml:2:3: Resources.A: circular dependency between resources: A → B → A',
  ],
  [
    'conditions that ask for each other',
    `Conditions:\n  A: !Condition B\n  B: !Not [!Condition A]\n${resources('  X: { Type: AWS::Events::Rule, Condition: A }\n')}`,
    'template.yaml:3:23: Conditions.B[0]: the condition A refers to itself',
  ],
  [
    'a parameter that is missing',
    `Parameters:\n  Stage: { Type: String }\n${resources('  A: { Type: AWS::Events::EventBus, Properties: { Name: !Ref Stage } }\n')}`,
    'template.yaml:2:10: Parameters.Stage: the parameter Stage has no Default and must be given: parameters.Stage',
  ],
  [
    'a parameter that is none of those allowed',
    `Parameters:\n  Stage: { Type: String, Default: test, AllowedValues: [dev, prod] }\n${resources('  A: { Type: AWS::Events::EventBus, Properties: { Name: !Ref Stage } }\n')}`,
    'template.yaml:2:10: Parameters.Stage: the parameter Stage must be one of dev, prod, but is "test"',
  ],
  [
    'a condition that there is not',
    resources('  A: { Type: AWS::Events::EventBus, Condition: IsProd, Properties: { Name: a } }\n'),
    'template.yaml:2:3: Resources.A: the template has no condition IsProd',
  ],
  [
    'resources that are a list',
    'Resources: [a]\n',
    'template.yaml:1:12: Resources: Resources must be an object, but is a list',
  ],
  [
    'a resource that is text',
    'Resources:\n  A: text\n',
    'template.yaml:2:6: Resources.A: a resource must be an object, but is a string',
  ],
  ['a resource without a type', 'Resources:\n  A: {}\n', 'template.yaml:2:3: Resources.A: a resource must have a Type'],
  [
    'properties that are text',
    'Resources:\n  A: { Type: AWS::Events::Rule, Properties: x }\n',
    'template.yaml:2:45: Resources.A.Properties: Properties must be an object, but is a string',
  ],
  [
    'a property of a wrong type',
    rule('{ EventPattern: { source: [a] }, Name: [x] }'),
    'template.yaml:5:56: Resources.Rule.Properties.Name: Name must be text',
  ],
  [
    'a property that there is not',
    rule('{ Pattern: { source: [a] } }'),
    'template.yaml:5:19: Resources.Rule.Properties.Pattern: AWS::Events::Rule has no property Pattern; it has Name, ScheduleExpression, EventPattern, State, Description, RoleArn, Tags, EventBusName, Targets',
  ],
  [
    'targets that are an object',
    rule('{ EventPattern: { source: [a] }, Targets: { Id: x } }'),
    'template.yaml:5:59: Resources.Rule.Properties.Targets: Targets must be a list, but is an object',
  ],
  [
    'a number of retries that is text',
    rule(
      '{ EventPattern: { source: [a] }, Targets: [{ Id: x, Arn: "arn:aws:sqs:us-east-1:123456789012:q", RetryPolicy: { MaximumRetryAttempts: many } }] }',
    ),
    'template.yaml:5:151: Resources.Rule.Properties.Targets[0].RetryPolicy.MaximumRetryAttempts: MaximumRetryAttempts must be a whole number, but is "many"',
  ],
  [
    'an input that is an object',
    rule(
      '{ EventPattern: { source: [a] }, Targets: [{ Id: x, Arn: "arn:aws:sqs:us-east-1:123456789012:q", Input: { a: 1 } }] }',
    ),
    'template.yaml:5:121: Resources.Rule.Properties.Targets[0].Input: Input must be a string, but is an object',
  ],
  [
    'two targets of one Id',
    rule(
      '{ EventPattern: { source: [a] }, Targets: [{ Id: x, Arn: "arn:aws:sqs:us-east-1:123456789012:q" }, { Id: x, Arn: "arn:aws:sqs:us-east-1:123456789012:p" }] }',
    ),
    'template.yaml:5:116: Resources.Rule.Properties.Targets[1]: Targets has two targets with the Id "x"',
  ],
  [
    'a pattern that is no pattern',
    rule('\n      EventPattern:\n        detail: { total: [{ numeric: ">" }] }'),
    'template.yaml:7:38: Resources.Rule.Properties.EventPattern.detail.total[0].numeric: Event pattern is not valid. Reason: Value of numeric must be an array.',
  ],
  [
    'a rule with neither pattern nor schedule',
    rule('{ EventBusName: !Ref Bus }'),
    'template.yaml:3:3: Resources.Rule: Parameter(s) EventPattern or ScheduleExpression must be specified.',
  ],
  [
    'a schedule on another bus than the default one',
    rule('{ EventBusName: !Ref Bus, ScheduleExpression: rate(1 day) }'),
    'template.yaml:5:63: Resources.Rule.Properties.ScheduleExpression: ScheduleExpression is supported only on the default event bus.',
  ],
  [
    'a bus that is not there',
    rule('{ EventBusName: nowhere, EventPattern: { source: [a] } }'),
    'template.yaml:5:33: Resources.Rule.Properties.EventBusName: Event bus nowhere does not exist.',
  ],
  [
    'SAM without its transform',
    resources('  F: { Type: AWS::Serverless::Function }\n'),
    'template.yaml:2:3: Resources.F: AWS::Serverless::Function needs Transform: AWS::Serverless-2016-10-31',
  ],
  [
    'something else',
    'a: 1\n',
    'template.yaml:1:1: this is not a template: it has neither Resources (CloudFormation, SAM, CDK), nor service (serverless.yml), nor values or planned_values (terraform show -json)',
  ],
  [
    "Terraform's own state",
    '{"version": 4, "terraform_version": "1.11.4", "resources": []}',
    'template.yaml:1:1: this is not a template: it has neither Resources (CloudFormation, SAM, CDK), nor service (serverless.yml), nor values or planned_values (terraform show -json). Terraform: give what `terraform show -json` prints',
  ],
  [
    'nothing',
    '',
    'template.yaml:1:1: this is not a template: it has neither Resources (CloudFormation, SAM, CDK), nor service (serverless.yml), nor values or planned_values (terraform show -json)',
  ],
  [
    'an alias inside of what it stands for',
    'Resources: &all\n  A: *all\n',
    'template.yaml:2:6: Resources.A: the alias *all is inside of its own anchor',
  ],
  ['nesting without end', `Resources: ${'['.repeat(400)}${']'.repeat(400)}`, 'the template is nested too deeply'],
];

describe('A template that is wrong', () => {
  test.each(cases)('is refused with its place: %s', async (_, text, message) => {
    const found = await refusal(written(text));
    if (message.startsWith('template.yaml')) expect(found).toBe(message);
    else expect(found).toContain(message);
  });

  test('is refused with all that is wrong, in the order of its lines', async () => {
    const text = `${rule('{ EventBusName: nowhere, EventPattern: { source: [a] } }')}  Other: { Type: AWS::Events::Rule }\n`;
    expect((await refusal(written(text))).split('\n')).toEqual([
      'template.yaml:5:33: Resources.Rule.Properties.EventBusName: Event bus nowhere does not exist.',
      'template.yaml:6:3: Resources.Other: Parameter(s) EventPattern or ScheduleExpression must be specified.',
    ]);
  });

  test('leaves the bridge as it is', async () => {
    const { bridge } = await loaded(written(resources(bus)));
    const before = await bridge.listEventBuses();
    const text = resources(
      '  New: { Type: AWS::Events::EventBus, Properties: { Name: new } }\n  Bad: { Type: AWS::Events::Rule }\n',
    );
    await expect(loadTemplate(bridge, { Resources: { Bad: { Type: 'AWS::Events::Rule' } } })).rejects.toThrow(
      TemplateError,
    );
    await expect(refusal(written(text))).resolves.toContain('Resources.Bad');
    expect(await bridge.listEventBuses()).toEqual(before);
  });

  test('of an object is refused with its path', async () => {
    expect(await refusal({ Resources: { Rule: { Type: 'AWS::Events::Rule' } } })).toBe(
      'Resources.Rule: Parameter(s) EventPattern or ScheduleExpression must be specified.',
    );
  });

  test.each([
    [
      'that holds itself',
      () => {
        const holder: Record<string, unknown> = {};
        Object.assign(holder, { Resources: holder });
        return holder;
      },
    ],
    [
      'with a getter that throws',
      () => ({
        get Resources() {
          throw new Error('no');
        },
      }),
    ],
    ['whose text is none', () => ({ toJSON: () => undefined })],
    ['that is nested without end', () => JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`)],
    [
      'with a prototype for a resource',
      () => JSON.parse('{"Resources":{"__proto__":{"Type":"constructor"},"toString":{"Type":"AWS::Events::Rule"}}}'),
    ],
  ])('as an object is a TemplateError: %s', async (_, make) => {
    await expect(loadTemplate(createBridge(), make())).rejects.toThrow(TemplateError);
  });

  test.each([
    [
      'aliases',
      `A: &a [x, x, x, x, x, x, x, x, x, x]\n${'bcdefgh'
        .split('')
        .map((name, i) => `${name}: &${name} [${Array(10).fill(`*${'abcdefg'[i]}`).join(', ')}]\n`)
        .join('')}Resources:\n  R: { Type: AWS::Events::Rule, Properties: { EventPattern: *h } }\n`,
    ],
    [
      'substitutions',
      resources(
        `${Array.from(
          { length: 40 },
          (_, i) =>
            `  B${i}: { Type: AWS::Events::EventBus, Properties: { Name: !Sub "\${B${i + 1}}\${B${i + 1}}" } }\n`,
        ).join('')}  B40: { Type: AWS::Events::EventBus, Properties: { Name: xxxxxxxx } }\n`,
      ),
    ],
  ])('ends although it grows without end: %s', async (_, text) => {
    expect(await refusal(written(text))).toContain('grows without end');
  });

  test('that is no file is refused by its name', async () => {
    await expect(loadTemplate(createBridge(), 'nowhere/template.yaml')).rejects.toThrow(
      'nowhere/template.yaml: the template cannot be read: there is no such file',
    );
  });
});

describe('loadTemplate', () => {
  test.each([
    ['no bridge', undefined, {}, {}, 'loadTemplate: the first argument must be a bridge, but is undefined.'],
    [
      'no template',
      createBridge(),
      5,
      {},
      'loadTemplate: the template must be a path, a file URL or an object, but is a number.',
    ],
    ['no account', createBridge(), {}, { account: '1' }, 'loadTemplate: account must be 12 digits, but is "1".'],
    [
      'no region',
      createBridge(),
      {},
      { region: 5 },
      'loadTemplate: region must be a region such as "eu-west-1", but is a number.',
    ],
    [
      'no parameter',
      createBridge(),
      {},
      { parameters: { A: {} } },
      'loadTemplate: parameters["A"] must be a string, a number, a boolean or a list of strings, but is an object.',
    ],
  ])('refuses arguments that are wrong: %s', async (_, bridge, template, options, message) => {
    await expect(loadTemplate(bridge as never, template as never, options as never)).rejects.toMatchObject({
      name: 'ValidationException',
      message,
    });
  });
});
