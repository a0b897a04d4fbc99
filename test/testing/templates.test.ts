import { describe } from 'vitest';
import { createBridge, type Envelope, sequentialIds, virtualClock } from '../../src/index.js';
import { loadTemplateText } from '../../src/templates/load/load-template.js';
import { bridgeFixture, expect, test } from '../../src/vitest.js';
import { failureOf } from './failing.js';

const text = `Resources:
  OrdersBus:
    Type: AWS::Events::EventBus
    Properties: { Name: test-orders }
  SlackFunction:
    Type: AWS::Lambda::Function
  BillFunction:
    Type: AWS::Lambda::Function
    Properties: { FunctionName: bill }
  BillDlq:
    Type: AWS::SQS::Queue
  SlackRule:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref OrdersBus
      EventPattern: { source: [com.shop] }
      Targets:
        - Id: slack
          Arn: !GetAtt SlackFunction.Arn
          InputTransformer: { InputPathsMap: { order: $.detail }, InputTemplate: '{"text": "<order>"}' }
  BillRule:
    Type: AWS::Events::Rule
    Properties:
      Name: big-orders
      EventBusName: !Ref OrdersBus
      EventPattern: { detail: { total: [{ numeric: ['>', 100] }] } }
      Targets:
        - { Id: bill, Arn: !GetAtt BillFunction.Arn, DeadLetterConfig: { Arn: !GetAtt BillDlq.Arn } }
`;
const order = { source: 'com.shop', detailType: 'Order Placed', detail: { total: 20 } };

async function shopBridge() {
  const bridge = createBridge({ clock: virtualClock(), ids: sequentialIds(), onFailedDelivery: 'ignore' });
  const stack = await loadTemplateText(bridge, { text, file: `${process.cwd()}/infra/template.yaml` });
  stack.handle('BillFunction', () => {});
  stack.handle('SlackFunction', () => {});
  return { bridge, stack };
}

describe('Assertions after loadTemplate', () => {
  test('An assertion about a template takes the names of the template, and shows where its rules are', async () => {
    const { bridge, stack } = await shopBridge();
    await stack.bus('OrdersBus').publish(order);
    await bridge.idle();
    expect(await failureOf(() => expect(bridge).toHaveDeliveredTo('SlackFunction'))).toMatchInlineSnapshot(`
      "expect(bridge).toHaveDeliveredTo("SlackFunction")

      The event got this far:
        accepted     #1 com.shop / Order Placed on "test-orders"          ok
        rule         SlackRule (infra/template.yaml:12)                   matched
        target       slack → SlackFunction                                ok
        input        InputTemplate: <order> is an object: write it        INVALID_JSON
                     without quotes around it.
        delivered    no; dropped (no dead-letter queue)"
    `);
    expect(await failureOf(() => expect(bridge).toHaveDeliveredTo('BillFunction'))).toMatchInlineSnapshot(`
      "expect(bridge).toHaveDeliveredTo("BillFunction")

      The event got this far:
        accepted     #1 com.shop / Order Placed on "test-orders"          ok
        rule         big-orders (infra/template.yaml:21)                  no match
                     detail.total: 20 is not > 100"
    `);
    expect(String(bridge.explain(bridge.history.events()[0] as Envelope))).toContain(
      `rule big-orders (${process.cwd()}/infra/template.yaml:21)`,
    );
    await stack.bus('OrdersBus').publish({ ...order, detail: { total: 120 } });
    await bridge.idle();
    for (const name of ['BillRule', 'big-orders', 'BillFunction', 'bill']) expect(bridge).toHaveDeliveredTo(name);
    for (const name of ['SlackRule', 'stack-SlackRule', 'stack-SlackFunction']) {
      expect(bridge).not.toHaveDeliveredTo(name);
    }
    expect(bridge).not.toHaveDeadLetters('BillDlq');
  });

  test('An assertion about a template names what the template has if it lacks a name', async () => {
    const { bridge } = await shopBridge();
    expect(await failureOf(() => expect(bridge).not.toHaveDeliveredTo('SlackFuntion'))).toContain(
      'Did you mean\n"SlackFunction"?',
    );
    expect(await failureOf(() => expect(bridge).not.toHaveDeadLetters('BillDql'))).toContain('Did you mean "BillDlq"?');
  });

  test('An assertion about a template names functions and queues of the template after a test', async () => {
    const outcome = bridgeFixture().bridge({ bridgeOptions: {}, clock: virtualClock() }, async (bridge) => {
      const stack = await loadTemplateText(bridge, { text, file: 'template.yaml' });
      bridge.faults.target(stack.rules[1]?.targets[0]?.arn ?? '', { code: 'NO_PERMISSIONS' });
      stack.handle('BillFunction', () => {});
      stack.handle('SlackFunction', () => {});
      await stack.bus('OrdersBus').publish({ ...order, detail: { total: 120 } });
    });
    expect((await failureOf(() => outcome)).replace(/\n +at .*/, '')).toMatchInlineSnapshot(`
      "Unobserved failures in bridge (2)

        SlackFunction  …000001  1 attempt  INVALID_JSON: Invalid input for target.
                       <order> is an object: write it without quotes around it.
        bill           …000001  1 attempt  NO_PERMISSIONS: User: events.amazonaws.com
                       is not authorized to perform: lambda:InvokeFunction on
                       resource: arn:aws:lambda:us-east-1:123456789012:function:bill
                       because no resource-based policy allows the
                       lambda:InvokeFunction action (Service: AWSLambdaInternal;
                       Status Code: 403; Error Code: AccessD…
                       → dead-lettered to BillDlq

      Assert it with \`toHaveDeadLetters("BillDlq")\`,
      \`not.toHaveDeliveredTo("SlackFunction")\`, or set \`onFailedDelivery: 'ignore'\`."
    `);
  });
});
