import { describe, expect, test } from 'vitest';
import { loaded, refusal, written } from './loaded.js';

const variable = (expression: string) => `$${`{${expression}}`}`;

const service = (events: string, more = '') =>
  written(`service: shop
provider: { name: aws, stage: "${variable("opt:stage, 'dev'")}" }
${more}
functions:
  bill-order:
    handler: bill.handler
    environment: { VALUE: x }
    events:
${events}
`);

const event = (properties: string) => `      - eventBridge: ${properties}`;

describe('serverless.yml', () => {
  test('gives functions, rules and targets the names of the framework', async () => {
    const { stack } = await loaded(service(event('{ pattern: { source: [a] } }')));
    expect(stack.name).toBe('shop-dev');
    expect(stack.rules).toMatchObject([
      {
        logicalId: 'Shopdevbillorderrule1EventBridgeRule',
        name: 'shop-dev-bill-order-rule-1',
        bus: 'default',
        location: { file: 'template.yaml', line: 9, column: 9, path: 'functions.bill-order.events[0].eventBridge' },
        targets: [
          {
            id: 'shop-dev-bill-order-rule-1-target',
            arn: 'arn:aws:lambda:us-east-1:123456789012:function:shop-dev-bill-order',
            logicalId: 'BillDashorderLambdaFunction',
          },
        ],
      },
    ]);
  });

  test.each([
    ['stage', { stage: 'prod' }],
    ['opt:stage', { 'opt:stage': 'prod' }],
  ])('takes the stage from the parameter %s', async (_, parameters) => {
    const { stack } = await loaded(service(event('{ pattern: { source: [a] } }')), { parameters });
    expect(stack.rules[0]?.name).toBe('shop-prod-bill-order-rule-1');
  });

  // What makeAndHashRuleName and makeEventBusTargetId answer, in lib/plugins/aws/package/compile/events/event-bridge/utils.js of the
  // npm package serverless 3.40.0.
  test.each([
    [
      'bill'.repeat(16),
      'shop-dev-billbillbillbill5bc709bc93c237bf44f5176ffc131ec6-rule-1',
      'shop-dev-billbillbillbillda6df1bf8476e7d5227714cc07fd91ef-target',
    ],
    ['x'.repeat(47), `shop-dev-${'x'.repeat(47)}-rule-1`, expect.stringMatching(/^shop-dev-x{16}[0-9a-f]{32}-target$/)],
  ])('shortens names of more than 64 characters as the framework does: %s', async (key, name, id) => {
    const text = `service: shop\nfunctions: { ${key}: { handler: a.b, events: [{ eventBridge: { pattern: { source: [a] } } }] } }\n`;
    const { stack } = await loaded(written(text));
    expect(stack.rules).toMatchObject([
      {
        name,
        logicalId: `Shopdev${key}rule1EventBridgeRule`,
        targets: [{ id, arn: expect.stringContaining(`-${key}`) }],
      },
    ]);
  });

  test('counts the schedules of EventBridge Scheduler among those of the function', async () => {
    const { stack } = await loaded(
      service(
        '      - schedule: { method: scheduler, rate: [rate(1 day), rate(2 days)] }\n      - schedule: rate(1 hour)',
      ),
    );
    expect(stack.rules.map(({ logicalId }) => logicalId)).toEqual(['BillDashorderEventsRuleSchedule3']);
  });

  test.each([
    [
      '      - schedule: { name: n, rate: [rate(1 day), rate(2 days)] }',
      'a schedule of 2 rates cannot have a name: each rate is a rule',
    ],
    ['      - schedule: { rate: rate(1 day), timezone: UTC }', 'a timezone needs `method: scheduler`'],
    [
      event('{ pattern: { source: [a] }, input: { a: 1 }, inputPath: $.detail }'),
      'an event has one of input, inputPath and inputTransformer, not several',
    ],
  ])('refuses what the framework refuses: %s', async (events, sentence) => {
    expect(await refusal(service(events))).toMatch(
      new RegExp(`^template.yaml:9:\\d+: .*: ${sentence.replace(/[()]/g, '.')}$`),
    );
  });

  test('makes a bus that is named by text, once', async () => {
    const both = [
      event('{ eventBus: orders, pattern: { source: [a] } }'),
      event('{ eventBus: orders, pattern: { source: [b] } }'),
    ];
    const { bridge, stack } = await loaded(service(both.join('\n')));
    expect((await bridge.listEventBuses()).EventBuses.map(({ Name }) => Name)).toEqual(['default', 'orders']);
    expect(stack.bus('OrdersEventBridgeEventBus').name).toBe('orders');
    expect(stack.rules.map(({ bus }) => bus)).toEqual(['orders', 'orders']);
  });

  test('says that a bus is made for a name, which the resources have already', async () => {
    const resources = 'resources: { Resources: { Bus: { Type: AWS::Events::EventBus, Properties: { Name: mine } } } }';
    const { stack } = await loaded(service(event('{ eventBus: mine, pattern: { source: [a] } }'), resources));
    expect(stack.rules).toMatchObject([{ bus: 'mine' }]);
    expect(stack.skipped).toMatchObject([
      {
        logicalId: 'MineEventBridgeEventBus',
        location: { line: 9 },
        reason:
          'the Serverless Framework makes a bus for this name, and AWS rejects it in addition to Bus: write !Ref Bus',
      },
    ]);
  });

  test('refers to a bus of the resources and to one that is there', async () => {
    const resources = 'resources: { Resources: { Bus: { Type: AWS::Events::EventBus, Properties: { Name: mine } } } }';
    const events = [
      event('{ eventBus: !Ref Bus, pattern: { source: [a] } }'),
      event('{ eventBus: "arn:aws:events:us-east-1:123456789012:event-bus/there", pattern: { source: [a] } }'),
    ];
    const { stack } = await loaded(service(events.join('\n'), resources), {}, { buses: ['there'] });
    expect(stack.rules.map(({ bus }) => bus)).toEqual(['mine', 'there']);
  });

  test('sends what a schedule has as input, and makes a rule of each rate', async () => {
    const { bridge, stack } = await loaded(
      service(
        '      - schedule: { rate: [rate(1 day), rate(2 days)], enabled: false, input: { a: [1, x] } }\n      - schedule: rate(1 hour)',
      ),
    );
    expect(
      stack.rules.map(({ logicalId, scheduleExpression, state }) => [logicalId, scheduleExpression, state]),
    ).toEqual([
      ['BillDashorderEventsRuleSchedule1', 'rate(1 day)', 'DISABLED'],
      ['BillDashorderEventsRuleSchedule2', 'rate(2 days)', 'DISABLED'],
      ['BillDashorderEventsRuleSchedule3', 'rate(1 hour)', 'ENABLED'],
    ]);
    const { Targets } = await bridge.listTargetsByRule({ Rule: 'shop-dev-BillDashorderEventsRuleSchedule1' });
    expect(Targets).toMatchObject([{ Id: 'bill-orderSchedule', Input: '{"a":[1,"x"]}' }]);
  });

  test('reads cloudwatchEvent', async () => {
    const { stack } = await loaded(
      service('      - cloudwatchEvent: { event: { source: [aws.s3] }, inputPath: $.detail }'),
    );
    expect(stack.rules).toMatchObject([
      { logicalId: 'BillDashorderEventsRuleCloudWatchEvent1', eventPattern: '{"source":["aws.s3"]}' },
    ]);
  });

  const values: readonly [expression: string, value: string, parameters?: Record<string, string>][] = [
    ['self:custom.name', 'orders'],
    ['self:custom.deep.er', 'x-orders'],
    ['self:custom.none, self:custom.name', 'orders'],
    ["self:custom.none, 'a, b'", 'a, b'],
    ['self:custom.none, 5', '5'],
    ['sls:stage', 'dev'],
    ['aws:region', 'us-east-1'],
    ['aws:accountId', '123456789012'],
    ['param:bus', 'by-default'],
    ['param:bus', 'given', { bus: 'given' }],
    ['param:other', 'of-dev'],
    ['opt:color', 'red', { 'opt:color': 'red' }],
    ['env:TABLE', 't', { 'env:TABLE': 't' }],
    ['ssm:/shop/x', 's', { 'ssm:/shop/x': 's' }],
    ['cf:other.Output', 'o', { 'cf:other.Output': 'o' }],
    ['AWS::Region', variable('AWS::Region')],
  ];

  const custom = `custom: { name: orders, deep: { er: "x-${variable('self:custom.name')}" }, loop: "${variable('self:custom.loop')}" }
params: { default: { bus: by-default, other: x }, dev: { other: of-dev } }`;

  test.each(values)('fills in variables: %s', async (expression, value, parameters) => {
    const text = service('      - schedule: rate(1 day)', custom) as { text: string };
    const filled = written(text.text.replace('VALUE: x', `VALUE: "${variable(expression)}"`));
    const { stack } = await loaded(filled, { parameters });
    expect(stack.environment('bill-order')).toEqual({ VALUE: value });
  });

  test.each([
    ['env:TABLE', `the variable ${variable('env:TABLE')} is not known here; give it as parameters["env:TABLE"]`],
    ['self:custom.loop', 'the variables lead to each other without end'],
  ])('refuses a variable of a rule that is not known: %s', async (expression, reason) => {
    const text = service(event(`{ eventBus: "${variable(expression)}", pattern: { source: [a] } }`), custom);
    expect(await refusal(text)).toMatch(/^template\.yaml:\d+:\d+: /);
    expect(await refusal(text)).toContain(reason);
  });

  test('of the packaged service is CloudFormation', async () => {
    const { stack } = await loaded({
      AWSTemplateFormatVersion: '2010-09-09',
      Resources: {
        BillLambdaFunction: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'shop-dev-bill' } },
        ShopdevbillruleEventBridgeRule: {
          Type: 'AWS::Events::Rule',
          Properties: {
            Name: 'shop-dev-bill-rule-1',
            EventPattern: { source: ['a'] },
            State: 'ENABLED',
            Targets: [{ Arn: { 'Fn::GetAtt': ['BillLambdaFunction', 'Arn'] }, Id: 'shop-dev-bill-rule-1-target' }],
          },
        },
      },
    });
    expect(stack.rules).toMatchObject([
      { name: 'shop-dev-bill-rule-1', targets: [{ logicalId: 'BillLambdaFunction' }] },
    ]);
  });

  test.each([
    ['functions', `functions: \${file(f.yml)}`],
    ['functions', `functions:\n  - \${file(f.yml)}`],
    ['functions.a', `functions: { a: "\${file(f.yml)}" }`],
    ['functions.a.events', `functions: { a: { events: "\${file(f.yml)}" } }`],
    ['functions.a.environment', `functions: { a: { environment: "\${file(f.yml)}" } }`],
    ['resources', `resources: \${file(f.yml)}`],
    ['resources', `resources:\n  - \${file(f.yml)}`],
  ])('lists %s that stand in another file', async (name, text) => {
    const { stack } = await loaded(written(`service: shop\nprovider: { name: aws }\n${text}\n`));
    expect(stack.skipped.map(({ logicalId, reason }) => [logicalId, reason])).toEqual([
      [
        name,
        `the variable \${file(f.yml)} is not known here; give it as parameters["file(f.yml)"], or load the packaged CloudFormation`,
      ],
    ]);
  });

  test('may have sections that are variables', async () => {
    const text = `service: shop
provider: { name: aws, environment: "\${self:custom.shared}" }
custom:
  shared: { STAGE: "\${sls:stage}", TABLE: "\${env:TABLE}" }
  all: { bill: "\${self:custom.bill}" }
  bill: { events: "\${self:custom.events}" }
  events: [{ schedule: rate(1 hour) }]
functions: \${self:custom.all}
`;
    const { stack } = await loaded(written(text));
    expect(stack.rules.map(({ scheduleExpression }) => scheduleExpression)).toEqual(['rate(1 hour)']);
    expect(stack.environment('bill')).toEqual({ STAGE: 'dev' });
    expect(stack.skipped.map(({ reason }) => reason)).toEqual([
      `the variable \${env:TABLE} is not known here; give it as parameters["env:TABLE"]`,
    ]);
  });

  test('lists properties of events that the framework leaves out, and events that are a word', async () => {
    const { stack } = await loaded(
      service(`${event('{ pattern: { source: [a] }, inputTransfomer: { x: y } }')}\n      - alexaSkill`),
    );
    expect(stack.skipped.map(({ reason }) => reason)).toEqual([
      'an event of type eventBridge has no property inputTransfomer; it has eventBus, pattern, schedule, retryPolicy, deadLetterQueueArn, name, description, enabled, input, inputPath, inputTransformer',
      'an event of type alexaSkill is not an EventBridge rule',
    ]);
  });

  test.each([
    ['false', 'DISABLED'],
    ['"false"', 'DISABLED'],
    ['true', 'ENABLED'],
  ])('switches a rule by enabled: %s', async (enabled, state) => {
    const { stack } = await loaded(service(event(`{ pattern: { source: [a] }, enabled: ${enabled} }`)));
    expect(stack.rules.map((rule) => rule.state)).toEqual([state]);
  });

  test.each([
    [
      'a switch that is not known',
      `{ pattern: { source: [a] }, enabled: "\${env:ON}" }`,
      `template.yaml:9:59: functions.bill-order.events[0].eventBridge.enabled: the variable \${env:ON} is not known here; give it as parameters["env:ON"]`,
    ],
    [
      'a switch that is a list',
      '{ pattern: { source: [a] }, enabled: [] }',
      'template.yaml:9:59: functions.bill-order.events[0].eventBridge.enabled: enabled must be true or false, but is a list',
    ],
    [
      'a retry policy that is a number',
      '{ pattern: { source: [a] }, retryPolicy: 5 }',
      'template.yaml:9:63: functions.bill-order.events[0].eventBridge.retryPolicy: retryPolicy must be an object, but is a number',
    ],
    [
      'a transformer that is a number',
      '{ pattern: { source: [a] }, inputTransformer: 5 }',
      'template.yaml:9:68: functions.bill-order.events[0].eventBridge.inputTransformer: inputTransformer must be an object, but is a number',
    ],
  ])('is refused with %s', async (_, properties, message) => {
    expect(await refusal(service(event(properties)))).toBe(message);
  });

  test('is refused with a function that is none', async () => {
    expect(await refusal(written('service: shop\nprovider: { name: aws }\nfunctions: { a: 5 }\n'))).toBe(
      'template.yaml:3:17: functions.a: a function must be an object, but is a number',
    );
  });
});
