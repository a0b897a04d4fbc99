import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';
import { loadTemplateText } from '../../src/templates/load/load-template.js';
import { loadTemplate } from '../../src/templates.js';
import { RoleArn } from '../role.js';
import { captureWarnings } from '../warnings.js';
import { loaded, stackFile, written } from './loaded.js';

const shop = stackFile('shop/sam.yaml');
const order = { source: 'com.shop', detailType: 'Order Placed', detail: { orderId: 'o-1', total: 120 } };

describe('A stack', () => {
  test('says of every rule where it stands, how its bus is named, and how it is written', async () => {
    const { stack } = await loaded(shop);
    const rule = stack.rules.find(({ names }) => names.includes('BigOrder'));
    expect(rule).toMatchObject({
      logicalId: 'BillFunctionBigOrder',
      bus: 'dev-orders',
      busSource: { sourceText: "!Sub '$" + "{Stage}-orders'", parameters: { Stage: 'dev' } },
      location: { file: shop, line: 44, column: 9, path: 'Resources.BillFunction.Properties.Events.BigOrder' },
      patternLocation: { file: shop, line: 50, column: 15 },
      eventPattern: '{"source":["com.shop"],"detail-type":["Order Placed"],"detail":{"total":[{"numeric":[">",100]}]}}',
    });
    expect(rule?.sourceText).toContain('EventBusName: !Ref OrdersBus');
    const shipped = stack.rules.find(({ logicalId }) => logicalId === 'Shipped');
    expect(shipped?.targets).toMatchObject([
      { id: 'partner', logicalId: 'PartnerHook', location: { line: 114, column: 11 } },
    ]);
    expect(shipped?.targets[0]?.sourceText).toContain('Arn: !GetAtt PartnerHook.Arn');
  });

  test('names a target that nobody handled in words of the template', async () => {
    const warnings = captureWarnings();
    const bridge = createBridge();
    await loadTemplate(bridge, shop);
    await bridge.publish({ ...order, bus: 'dev-orders' });
    await bridge.idle();
    expect(warnings.join('\n')).toContain(
      `Nothing handles SlackFunction (${shop}:74:3), arn:aws:lambda:us-east-1:123456789012:function:slack. Register a function with stack.handle('SlackFunction', …).`,
    );
  });

  test.each(['BillFunction', 'bill'])('handles a function by its logical id and by its name: %s', async (name) => {
    const { bridge, stack } = await loaded(shop);
    const seen: unknown[] = [];
    const handle = stack.handle(name, (event) => seen.push(event.detail));
    await stack.bus('dev-orders').publish(order);
    await bridge.idle();
    handle.dispose();
    await stack.bus('OrdersBus').publish(order);
    await bridge.idle();
    expect(seen).toEqual([order.detail]);
  });

  test('says which names there are', async () => {
    const { stack } = await loaded(shop);
    expect(() => stack.handle('Bil', () => {})).toThrow(
      'stack.handle: the stack has no "Bil". There are BillFunction, SlackFunction, OrdersBus, BillDlq, PartnerHook.',
    );
    expect(() => stack.queue('BillFunction')).toThrow(
      'stack.queue: the stack has no "BillFunction". There are BillDlq.',
    );
    expect(() => stack.bus('default')).toThrow('stack.bus: the stack has no "default". There are OrdersBus.');
    expect(() => stack.environment('BillDlq')).toThrow('There are BillFunction, SlackFunction.');
  });

  test('refuses a name that several have', async () => {
    const path = (id: string) => ({
      Type: 'AWS::Lambda::Function',
      Metadata: { 'aws:cdk:path': `Shop/${id}/Function/Resource` },
    });
    const { stack } = await loaded({ Resources: { A1: path('A'), B1: path('B') } });
    expect(() => stack.environment('Function')).toThrow(
      'stack.environment: "Function" is the name of several: A1, B1. Take one of these.',
    );
    expect(stack.environment('B/Function')).toEqual({});
    expect(stack.format).toBe('cdk');
  });

  test('of CDK is known by constructs also where it tells no paths', async () => {
    const { stack } = await loaded({ Resources: { BillFunction6DA59935: { Type: 'AWS::Lambda::Function' } } });
    expect(stack.environment('BillFunction')).toEqual({});
  });

  test('can be loaded again: what is there is changed', async () => {
    const { bridge } = await loaded(shop);
    const stack = await loadTemplate(bridge, shop);
    expect(stack.rules).toHaveLength(5);
    expect((await bridge.listApiDestinations()).ApiDestinations).toHaveLength(1);
    expect((await bridge.listEventBuses()).EventBuses.map(({ Name }) => Name)).toEqual(['default', 'dev-orders']);
  });

  test('of which a target was taken out has it no more once it is loaded again', async () => {
    const text = (targets: string) =>
      `Resources:\n  R: { Type: AWS::Events::Rule, Properties: { EventPattern: { source: [a] }, Targets: [${targets}] } }\n`;
    const target = (id: string) => `{ Id: ${id}, Arn: 'arn:aws:sqs:us-east-1:123456789012:q' }`;
    const many = (letters: string) => text(Array.from(letters, target).join(', '));
    const { bridge } = await loaded(written(many('abcde')));
    await loadTemplateText(bridge, { text: many('efghi'), file: undefined });
    const { Targets } = await bridge.listTargetsByRule({ Rule: 'stack-R' });
    expect(Targets.map(({ Id }) => Id)).toEqual(['e', 'f', 'g', 'h', 'i']);
  });

  test('leaves out a target by AWS::NoValue, and tells the others as they are written', async () => {
    const text = `Conditions: { Never: !Equals [a, b] }
Resources:
  R:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [a] }
      Targets:
        - !If [Never, { Id: a, Arn: x }, !Ref AWS::NoValue]
        - { Id: b, Arn: !GetAtt Q.Arn }
  Q: { Type: AWS::SQS::Queue }
`;
    const { stack } = await loaded(written(text));
    expect(stack.rules[0]?.targets).toMatchObject([
      { id: 'b', logicalId: 'Q', sourceText: "{ Id: 'b', Arn: !GetAtt Q.Arn }", location: { line: 9 } },
    ]);
  });

  test('uses buses that the bridge has already', async () => {
    const text =
      'Resources:\n  R: { Type: AWS::Events::Rule, Properties: { EventBusName: other, EventPattern: { source: [a] } } }\n';
    const { stack } = await loaded(written(text), {}, { buses: ['other'] });
    expect(stack.rules).toMatchObject([{ bus: 'other' }]);
  });

  test('of another account has its ARNs, and the buses of the bridge', async () => {
    const { bridge, stack } = await loaded(
      {
        Resources: {
          Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders' } },
          All: { Type: 'AWS::Events::EventBus', Properties: { Name: 'all' } },
          Bill: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'bill' } },
          Forward: {
            Type: 'AWS::Events::Rule',
            Properties: {
              EventBusName: { 'Fn::GetAtt': ['Bus', 'Arn'] },
              EventPattern: { source: ['com.shop'] },
              Targets: [{ Id: 'all', Arn: { 'Fn::GetAtt': ['All', 'Arn'] }, RoleArn }],
            },
          },
          OnAll: {
            Type: 'AWS::Events::Rule',
            Properties: {
              EventBusName: { Ref: 'All' },
              EventPattern: { source: ['com.shop'] },
              Targets: [{ Id: 'bill', Arn: { 'Fn::GetAtt': ['Bill', 'Arn'] } }],
            },
          },
        },
      },
      { account: '111122223333', region: 'eu-west-1' },
    );
    const seen: unknown[] = [];
    stack.handle('Bill', (event, context) => seen.push([event.source, context.invokedFunctionArn]));
    await stack.bus('Bus').publish(order);
    await bridge.idle();
    expect(seen).toEqual([['com.shop', 'arn:aws:lambda:eu-west-1:111122223333:function:bill']]);
    expect(stack.rules.map(({ bus }) => bus)).toEqual(['orders', 'all']);
  });

  test('keeps the spelling of numbers and the order of members in patterns', async () => {
    const text =
      'Resources:\n  R: { Type: AWS::Events::Rule, Properties: { EventPattern: { detail: { b: [1.50], "1": [100.0], a: [-0.5e+2], flag: [yes, true], none: [null] } } } }\n';
    const { stack } = await loaded(written(text));
    expect(stack.rules[0]?.eventPattern).toBe(
      '{"detail":{"b":[1.50],"1":[100.0],"a":[-0.5e+2],"flag":[true,true],"none":[null]}}',
    );
  });

  test('takes a pattern that is JSON text', async () => {
    const { stack } = await loaded({
      Resources: { R: { Type: 'AWS::Events::Rule', Properties: { EventPattern: '{"source": ["a"]}' } } },
    });
    expect(stack.rules[0]?.eventPattern).toBe('{"source": ["a"]}');
  });

  test('makes text of a number parameter, so that a pattern refuses it, as CloudFormation does', async () => {
    const text =
      'Parameters: { Big: { Type: Number, Default: 5 } }\nResources:\n  R: { Type: AWS::Events::Rule, Properties: { EventPattern: { detail: { a: [{ numeric: [">", !Ref Big] }] } } } }\n';
    await expect(loaded(written(text))).rejects.toThrow(/^template\.yaml:3:\d+: .*Event pattern is not valid/);
  });

  test('lets long names that begin alike differ', async () => {
    const id = 'Rule'.repeat(20);
    const rule = { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: ['a'] } } };
    const { stack } = await loaded({ Resources: { [`${id}A`]: rule, [`${id}B`]: rule } });
    const names = stack.rules.map(({ name }) => name);
    expect(new Set(names).size).toBe(2);
    expect(names.map((name) => name.length)).toEqual([64, 64]);
  });

  test('is bound by the quotas of its bridge, whatever they are', async () => {
    const queue = (Id: string) => ({ Id, Arn: 'arn:aws:sqs:us-east-1:123456789012:q' });
    const Properties = { EventPattern: { source: ['a'] }, Targets: ['1', '2', '3', '4', '5', '6'].map(queue) };
    const template = { Resources: { Rule: { Type: 'AWS::Events::Rule', Properties } } };
    const { stack } = await loaded(template, {}, { limits: { targetsPerRule: 6 } });
    expect(stack.rules[0]?.targets).toHaveLength(6);
    await expect(loaded(template)).rejects.toThrow(
      'Resources.Rule.Properties.Targets[5]: The requested resource exceeds the maximum number allowed.',
    );
  });

  test('lists what is not an EventBridge resource, with the reason', async () => {
    const { stack } = await loaded({
      Transform: ['AWS::LanguageExtensions', 'Mine'],
      Resources: {
        Pipe: { Type: 'AWS::Pipes::Pipe' },
        Bucket: { Type: 'AWS::S3::Bucket' },
        Inner: { Type: 'AWS::CloudFormation::Stack' },
      },
    });
    expect(stack.skipped.map(({ logicalId, reason }) => `${logicalId}: ${reason}`)).toEqual([
      'Transform: the macro Mine is not supported',
      'Pipe: a pipe of EventBridge Pipes, which is another service than EventBridge',
      'Bucket: AWS::S3::Bucket is not an EventBridge resource, of which only the name and the ARN are known here',
      'Inner: a stack of its own: load its template too',
    ]);
  });

  test('may be loaded again with an archive that says no more than its bus', async () => {
    const archive = (properties: object) => ({
      Resources: {
        Kept: {
          Type: 'AWS::Events::Archive',
          Properties: { SourceArn: 'arn:aws:events:us-east-1:123456789012:event-bus/default', ...properties },
        },
      },
    });
    const { bridge } = await loaded(archive({ RetentionDays: 5, Description: 'all' }));
    await loadTemplate(bridge, archive({}));
    await loadTemplate(bridge, archive({}));
    const archived = await bridge.describeArchive({ ArchiveName: 'stack-Kept' });
    expect(archived.RetentionDays).toBe(0);
    expect(archived).not.toHaveProperty('Description');
  });
});
