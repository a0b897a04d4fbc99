import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';
import { loadTemplateText } from '../../src/templates/load/load-template.js';
import { loadTemplate } from '../../src/templates.js';
import { loaded, refusal, written } from './loaded.js';

const transform = 'Transform: AWS::LanguageExtensions\n';
const rule = 'Type: AWS::Events::Rule, Properties: { EventPattern: { source: [!Ref Name] } }';

async function rules(text: string): Promise<readonly (readonly [string, string | undefined])[]> {
  const { stack } = await loaded(written(text));
  return stack.rules.map(({ logicalId, eventPattern }) => [logicalId, eventPattern] as const);
}

describe('Fn::ForEach', () => {
  test('makes a resource for each item', async () => {
    const text = `${transform}Resources:\n  Fn::ForEach::R: [Name, [a-1, b], { 'R&{Name}': { ${rule} } }]\n`;
    expect(await rules(text)).toEqual([
      ['Ra1', '{"source":["a-1"]}'],
      ['Rb', '{"source":["b"]}'],
    ]);
  });

  test('takes its collection from a parameter', async () => {
    const parameters = "Parameters: { Names: { Type: CommaDelimitedList, Default: 'a,b' } }\n";
    const text = `${transform}${parameters}Resources:\n  Fn::ForEach::R: [Name, !Ref Names, { 'R\${Name}': { ${rule} } }]\n`;
    expect((await rules(text)).map(([id]) => id)).toEqual(['Ra', 'Rb']);
  });

  test('stands within another, and among the members of a property', async () => {
    const inner = `Fn::ForEach::I: [Key, [x, y], { '\${Key}': ['\${Name}-\${Key}'] }]`;
    const outer = `Type: AWS::Events::Rule, Properties: { EventPattern: { source: [a], detail: { ${inner} } } }`;
    const text = `${transform}Resources:\n  Fn::ForEach::R: [Name, [A], { 'R\${Name}': { ${outer} } }]\n`;
    expect(await rules(text)).toEqual([['RA', '{"source":["a"],"detail":{"x":["A-x"],"y":["A-y"]}}']]);
  });

  test('makes outputs and conditions too', async () => {
    const text = `${transform}Parameters: { Stage: { Type: String, Default: prod } }
Conditions:
  Fn::ForEach::C: [Name, [prod, dev], { 'Is\${Name}': !Equals [!Ref Stage, !Ref Name] }]
Resources:
  Fn::ForEach::R: [Name, [prod, dev], { 'R\${Name}': { Condition: 'Is\${Name}', ${rule} } }]
`;
    expect((await rules(text)).map(([id]) => id)).toEqual(['Rprod']);
  });

  test.each([
    [
      'without its transform',
      '',
      `[Name, [a], { 'R\${Name}': {} }]`,
      'Fn::ForEach needs Transform: AWS::LanguageExtensions',
    ],
    ['of one item', transform, '[Name]', 'Fn::ForEach::R takes a list of an identifier, a collection and an object'],
    [
      'over text',
      transform,
      `[Name, a, { 'R\${Name}': {} }]`,
      'the collection of Fn::ForEach::R must be a list, but is a string',
    ],
    [
      'over objects',
      transform,
      `[Name, [{ a: 1 }], { 'R\${Name}': {} }]`,
      'an item of Fn::ForEach::R must be a string',
    ],
    [
      'that makes one name twice',
      transform,
      '[Name, [a, b], { R: {} }]',
      'the name "R" is there twice after Fn::ForEach',
    ],
  ])('%s is refused', async (_case, head, loop, message) => {
    expect(await refusal(written(`${head}Resources:\n  Fn::ForEach::R: ${loop}\n`))).toContain(message);
  });

  test('does not grow without end', async () => {
    const items = `[${Array.from({ length: 90 }, (_, i) => `i${i}`)}]`;
    const nested = (levels: number): string =>
      levels === 0 ? `'R\${A}': 1` : `'Fn::ForEach::L${levels}': ['V${levels}', ${items}, { ${nested(levels - 1)} }]`;
    expect(await refusal(written(`${transform}Resources: { ${nested(4)} }\n`))).toMatch(/too many items|there twice/);
  });
});

describe('AWS::Include', () => {
  const files: Readonly<Record<string, string>> = {
    'infra/rule.yaml': 'Type: AWS::Events::Rule\nProperties: { EventPattern: { source: [a] } }\n',
    'infra/parts/more.yaml': 'Resources: { More: { Type: AWS::Events::EventBus, Properties: { Name: more } } }\n',
  };
  const load = (text: string) =>
    loadTemplateText(createBridge(), {
      text,
      file: 'infra/template.yaml',
      readFile: async (path) => files[path],
    });
  const include = (path: string) => `{ Name: AWS::Include, Parameters: { Location: ${path} } }`;

  test('takes a local file in its place', async () => {
    const stack = await load(`Resources:\n  R: { 'Fn::Transform': ${include('./rule.yaml')} }\n`);
    expect(stack.rules[0]).toMatchObject({ logicalId: 'R', location: { file: 'infra/template.yaml' } });
    expect(stack.rules[0]?.patternLocation).toMatchObject({ file: 'infra/rule.yaml', line: 2 });
  });

  test('adds the sections of a local file', async () => {
    const stack = await load(`Transform: ${include('parts/more.yaml')}\nDescription: x\n`);
    expect(stack.bus('More')).toBeDefined();
  });

  test('says what file cannot be read', async () => {
    await expect(load(`Resources:\n  R: { 'Fn::Transform': ${include('none.yaml')} }\n`)).rejects.toThrow(
      'AWS::Include takes none.yaml, but the file cannot be read',
    );
  });
});

describe('Stacks that are loaded one after the other', () => {
  const rule = (EventBusName: unknown) => ({
    Resources: { R: { Type: 'AWS::Events::Rule', Properties: { EventBusName, EventPattern: { source: ['a'] } } } },
  });
  const first = {
    Resources: {
      B: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
      P: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/bus', Type: 'String', Value: { Ref: 'B' } } },
    },
    Outputs: { Bus: { Value: { Ref: 'B' }, Export: { Name: 'shop-bus' } } },
  };

  test.each([
    ['exports', { 'Fn::ImportValue': 'shop-bus' }],
    ['SSM parameters', '{{resolve:ssm:/bus}}'],
  ])('share %s', async (_what, name) => {
    const bridge = createBridge();
    await loadTemplate(bridge, first, { stackName: 'first' });
    const stack = await loadTemplate(bridge, rule(name), { stackName: 'second' });
    expect(stack.rules[0]?.bus).toBe('shop');
    bridge.reset();
    await expect(loadTemplate(bridge, rule(name))).rejects.toThrow('give it as parameters');
  });

  test('take what the parameters say before what others export', async () => {
    const bridge = createBridge({ buses: ['mine'] });
    await loadTemplate(bridge, first, { stackName: 'first' });
    const options = { stackName: 'second', parameters: { 'shop-bus': 'mine' } };
    const stack = await loadTemplate(bridge, rule({ 'Fn::ImportValue': 'shop-bus' }), options);
    expect(stack.rules[0]?.bus).toBe('mine');
  });
});

describe('A valid template that only AWS can resolve', () => {
  test('gives an opaque value to an attribute, by which its target is handled', async () => {
    const { bridge, stack } = await loaded({
      Resources: {
        Pool: { Type: 'AWS::Example::Pool' },
        R: {
          Type: 'AWS::Events::Rule',
          Properties: {
            EventPattern: { source: ['a'] },
            Targets: [{ Id: 'a', Arn: { 'Fn::GetAtt': ['Fn', 'Arn'] }, Input: { 'Fn::Sub': `"\${Pool.Url}"` } }],
          },
        },
        Fn: { Type: 'AWS::Lambda::Function' },
      },
    });
    const seen: unknown[] = [];
    stack.handle('Fn', (event) => seen.push(event));
    await bridge.publish({ source: 'a', detailType: 'b', detail: {} });
    await bridge.idle();
    expect(seen).toEqual(['Pool.Url']);
    expect(stack.skipped).toContainEqual(
      expect.objectContaining({ kind: 'value', logicalId: 'Pool.Url', type: 'AWS::Example::Pool' }),
    );
  });

  test.each([
    ['a type whose Ref is an ARN', "{ Ref: 'Plan' }", 'arn:aws:ssm-incidents::123456789012:response-plan/plan'],
    ['an alias of a state machine', "{ Ref: 'Live' }", 'arn:aws:states:us-east-1:123456789012:stateMachine:m:live'],
    [
      'an endpoint of AppSync',
      "{ 'Fn::GetAtt': [Api, GraphQLEndpointArn] }",
      'arn:aws:appsync:us-east-1:123456789012:endpoints/graphql-api/shop',
    ],
  ])('knows %s', async (_case, reference, arn) => {
    const text = `Resources:
  Plan: { Type: AWS::SSMIncidents::ResponsePlan, Properties: { Name: plan } }
  Api: { Type: AWS::AppSync::GraphQLApi, Properties: { Name: shop } }
  M: { Type: AWS::StepFunctions::StateMachine, Properties: { StateMachineName: m } }
  V: { Type: AWS::StepFunctions::StateMachineVersion, Properties: { StateMachineArn: !Ref M } }
  Live: { Type: AWS::StepFunctions::StateMachineAlias, Properties: { Name: live, RoutingConfiguration: [{ StateMachineVersionArn: !Ref V, Weight: 100 }] } }
  F: { Type: AWS::Lambda::Function, Properties: { Environment: { Variables: { ARN: ${reference} } } } }
`;
    const { stack } = await loaded(written(text));
    expect(stack.environment('F')).toMatchObject({ ARN: arn });
  });

  test('may refer from a REST API to a function whose events refer to the API', async () => {
    const text = `Transform: AWS::Serverless-2016-10-31
Resources:
  Api: { Type: AWS::Serverless::Api, Properties: { StageName: prod, DefinitionUri: !GetAtt Fn.Arn } }
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: .
      Events:
        Post: { Type: Api, Properties: { Path: /, Method: post, RestApiId: !Ref Api } }
        Placed: { Type: EventBridgeRule, Properties: { Pattern: { source: [a] } } }
`;
    expect((await loaded(written(text))).stack.rules).toHaveLength(1);
  });

  test('names the bus of serverless.yml by an ARN of whatever account and region', async () => {
    const text = (arn: string) => `service: shop
functions: { a: { handler: a.h, events: [{ eventBridge: { eventBus: '${arn}', pattern: { source: [s] } } }] } }
resources: { Resources: { B: { Type: AWS::Events::EventBus, Properties: { Name: x } } } }
`;
    for (const arn of [
      `arn:aws:events:\${AWS::Region}:\${AWS::AccountId}:event-bus/x`,
      'arn:aws:events:eu-west-1:111122223333:event-bus/x',
    ]) {
      expect((await loaded(written(text(arn)))).stack.rules[0]?.bus).toBe('x');
    }
  });
});
