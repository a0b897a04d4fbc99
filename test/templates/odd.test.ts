import { describe, expect, test } from 'vitest';
import { loaded, refusal, written } from './loaded.js';

const resources = (text: string) => `Resources:\n${text}\n`;
const rule = (properties: string) => resources(`  R: { Type: AWS::Events::Rule, Properties: ${properties} }`);
const pattern = 'EventPattern: { source: [a] }';
const target = (properties: string) => rule(`{ ${pattern}, Targets: [${properties}] }`);
const sam = 'Transform: AWS::Serverless-2016-10-31\n';
const queue = 'Type: AWS::SQS::Queue';

const refused: readonly [string, string, string][] = [
  [
    'targets that are no list',
    rule(`{ ${pattern}, Targets: { Id: a } }`),
    '2:87: Resources.R.Properties.Targets: Targets must be a list, but is an object',
  ],
  [
    'a target that is text',
    target('text'),
    '2:88: Resources.R.Properties.Targets[0]: a target must be an object, but is "text"',
  ],
  [
    'a target that is nothing',
    target('null'),
    '2:88: Resources.R.Properties.Targets[0]: a target must be an object, but is null',
  ],
  [
    'an ARN that is a list',
    target('{ Id: 1, Arn: [x] }'),
    '2:102: Resources.R.Properties.Targets[0].Arn: Arn must be a string, but is a list',
  ],
  [
    'a transformer that is a list',
    target('{ Id: a, Arn: "arn:aws:sqs:us-east-1:123456789012:q", InputTransformer: [x] }'),
    '2:160: Resources.R.Properties.Targets[0].InputTransformer: InputTransformer must be an object, but is a list',
  ],
  [
    'a state that YAML takes for true',
    rule(`{ ${pattern}, State: on }`),
    "2:85: Resources.R.Properties.State: 1 validation error detected: Value 'true' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED, ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS]",
  ],
  [
    'a pattern whose names come twice',
    rule('{ EventPattern: { source: [a], source: [b] } }'),
    '2:76: Resources.R.Properties.EventPattern.source: the name "source" is there twice',
  ],
  [
    'an anchor that holds itself',
    resources(`  R: &r { Type: AWS::Events::Rule, Properties: { ${pattern}, Targets: [*r] } }`),
    '2:91: Resources.R.Properties.Targets[0]: the alias *r is inside of its own anchor',
  ],
  [
    'a merge of a number',
    resources(`  R: { Type: AWS::Events::Rule, Properties: { <<: [{ ${pattern} }, 5] } }`),
    '2:87: Resources.R.Properties[1]: << takes an object, but this is a number',
  ],
  [
    'tabs',
    'Resources:\n\tR: { Type: AWS::Events::Rule }\n',
    '2:1: not valid YAML: Tabs are not allowed as indentation',
  ],
  [
    'line ends of Windows',
    `${resources('  R:')}    Type: AWS::Events::Rule\n    Properties:\n      Description: 5\n`.replaceAll('\n', '\r\n'),
    '2:3: Resources.R: Parameter(s) EventPattern or ScheduleExpression must be specified.',
  ],
  [
    'a byte order mark',
    `\ufeff${resources('  R: { Type: AWS::Events::Rule }')}`,
    '2:3: Resources.R: Parameter(s) EventPattern or ScheduleExpression must be specified.',
  ],
  [
    'a comment alone',
    '# nothing\n',
    '1:1: this is not a template: it has neither Resources (CloudFormation, SAM, CDK), nor service (serverless.yml), nor values or planned_values (terraform show -json)',
  ],
  ['resources that are nothing', 'Resources:\n', '1:11: Resources: Resources must be an object, but is null'],
  [
    'a type that is a number',
    resources('  A: { Type: 5 }'),
    '2:14: Resources.A.Type: Type must be text, but is a number',
  ],
  [
    'an attribute that no resource has',
    resources(`  A: { ${queue}, Property: {} }`),
    "2:31: Resources.A.Property: Invalid template resource property 'Property'",
  ],
  [
    'a tag of JavaScript',
    resources("  A: { Type: AWS::Events::EventBus, Properties: { Name: !!js/function 'x' } }"),
    '2:71: Resources.A.Properties.Name: unknown tag !!js/function',
  ],
  [
    'a text of a million characters',
    rule(`{ ${pattern}, Description: ${'x'.repeat(1_000_001)} }`),
    '2:91: Resources.R.Properties.Description: a string longer than 1000000 characters: it is that long, or grows without end as it is resolved',
  ],
  [
    'half a surrogate pair',
    rule(`{ Name: "\ud800", ${pattern} }`),
    "2:53: Resources.R.Properties.Name: 1 validation error detected: Value '\ud800' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+",
  ],
  [
    'a statement that is text',
    resources('  A: { Type: AWS::Events::EventBusPolicy, Properties: { StatementId: a, Statement: x } }'),
    '2:84: Resources.A.Properties.Statement: Statement must be an object, but is a string',
  ],
  [
    'a statement that is broken JSON',
    resources("  A: { Type: AWS::Events::EventBusPolicy, Properties: { StatementId: a, Statement: '{x' } }"),
    '2:84: Resources.A.Properties.Statement: Statement is not valid JSON',
  ],
  [
    'an archive of a list',
    resources('  A: { Type: AWS::Events::Archive, Properties: { SourceArn: [x] } }'),
    '2:61: Resources.A.Properties.SourceArn: SourceArn must be text, but is a list',
  ],
  [
    'a default that is a list',
    `Parameters: { P: { Type: String, Default: [a] } }\n${rule(`{ Name: !Ref P, ${pattern} }`)}`,
    '1:43: Parameters.P.Default: Default must be text, but is a list',
  ],
  [
    'a transform without a name',
    `Transform: { a: b }\n${resources(`  Q: { ${queue} }`)}`,
    '1:12: Transform: Transform takes the name of a macro, or an object with its Name',
  ],
  [
    'globals that are a list',
    `${sam}Globals: []\n${resources(`  Q: { ${queue} }`)}`,
    '2:10: Globals: Globals must be an object, but is a list',
  ],
  [
    'globals of functions that are text',
    `${sam}Globals: { Function: x }\n${resources(`  Q: { ${queue} }`)}`,
    '2:22: Globals.Function: Globals.Function must be an object, but is a string',
  ],
  [
    'a loop among the resources',
    resources('  Fn::ForEach::Rules: [N, [a], {}]'),
    '2:3: Resources.Fn::ForEach::Rules: Fn::ForEach needs Transform: AWS::LanguageExtensions',
  ],
  [
    'a loop among the properties',
    rule(`{ ${pattern}, 'Fn::ForEach::X': [N, [a], {}] }`),
    '2:78: Resources.R.Properties.Fn::ForEach::X: Fn::ForEach needs Transform: AWS::LanguageExtensions',
  ],
  [
    'a macro for properties',
    rule('{ Fn::Transform: { Name: AWS::Include } }'),
    '2:45: Resources.R.Properties: Fn::Transform is not supported here: write out its result',
  ],
  [
    'an output of a stack within',
    `${rule(`{ ${pattern}, EventBusName: !GetAtt Inner.Outputs.Bus }`)}  Inner: { Type: AWS::CloudFormation::Stack }\n`,
    '2:100: Resources.R.Properties.EventBusName: Inner.Outputs.Bus of AWS::CloudFormation::Stack is not known here; give it as parameters["Inner.Outputs.Bus"]',
  ],
  [
    'a serverless event that is nothing',
    'service: a\nfunctions:\n  f:\n    events:\n      - eventBridge:\n',
    '5:9: functions.f.events[0].eventBridge: eventBridge must be an object, but is null',
  ],
  [
    'serverless resources that are text',
    'service: a\nresources: [text]\n',
    '2:13: resources[0]: resources must be an object, but is a string',
  ],
];

const skipped: readonly [string, string, readonly string[]][] = [
  [
    'rules about parameters',
    `Rules: { InUs: { Assertions: [] }, CheckBootstrapVersion: {} }\n${resources(`  Q: { ${queue} }`)}`,
    ['1: InUs: a rule about parameters, which is not checked'],
  ],
  [
    'hooks',
    `Hooks: { Blue: { Type: AWS::CodeDeploy::BlueGreen } }\n${resources(`  Q: { ${queue} }`)}`,
    ['1: Blue: a hook, which is not called'],
  ],
  [
    'a section that there is not',
    `${resources(`  Q: { ${queue} }`)}Resource: {}\n`,
    ['3: Resource: CloudFormation has no section Resource, and rejects a template with it'],
  ],
  [
    'variables that are a list',
    resources('  F: { Type: AWS::Lambda::Function, Properties: { Environment: [x] } }'),
    ['2: F: Environment must be an object, but is a list'],
  ],
];

describe('An odd template', () => {
  test.each(refused)('is refused with its place: %s', async (_, text, message) => {
    expect(await refusal(written(text))).toBe(`template.yaml:${message}`);
  });

  test.each(skipped)('is loaded but for what is listed: %s', async (_, text, expected) => {
    const { stack } = await loaded(written(text));
    expect(stack.skipped.map(({ location, logicalId, reason }) => `${location.line}: ${logicalId}: ${reason}`)).toEqual(
      expected,
    );
  });

  test('may use anchors and merges, of which the nearer counts', async () => {
    const text = `Metadata: { Common: &common { ${pattern}, State: DISABLED, Description: common } }
Resources:
  A: { Type: AWS::Events::Rule, Properties: *common }
  B: { Type: AWS::Events::Rule, Properties: { <<: *common, State: ENABLED } }
  C: { Type: AWS::Events::Rule, Properties: { <<: [{ Description: first }, *common] } }
`;
    const { bridge, stack } = await loaded(written(text));
    expect(stack.rules.map(({ state }) => state)).toEqual(['DISABLED', 'ENABLED', 'DISABLED']);
    expect((await bridge.listRules()).Rules.map(({ Description }) => Description)).toEqual([
      'common',
      'common',
      'first',
    ]);
  });

  test('may have thousands of resources', async () => {
    const many = Array.from({ length: 3000 }, (_, i) => `  Q${i}: { ${queue}, DependsOn: Q${(i + 1) % 2999} }`);
    const { stack } = await loaded(
      written(resources(many.slice(0, 2998).join('\n').concat(`\n  Q2998: { ${queue} }`))),
    );
    expect(stack.queue('Q2998').messages).toEqual([]);
  });
});
