import { describe, expect, test } from 'vitest';
import { loaded, stackFile, withoutMadeUpNames } from './loaded.js';

const forms = [
  {
    format: 'cloudformation',
    file: 'cloudformation.yaml',
    bill: 'BillFunction',
    slack: 'SlackFunction',
    queue: 'BillDlq',
    bus: 'OrdersBus',
    hook: 'PartnerHook',
  },
  {
    format: 'sam',
    file: 'sam.yaml',
    bill: 'BillFunction',
    slack: 'SlackFunction',
    queue: 'BillDlq',
    bus: 'OrdersBus',
    hook: 'PartnerHook',
  },
  {
    format: 'cdk',
    file: 'cdk.template.json',
    bill: 'BillFunction',
    slack: 'Shop/SlackFunction',
    queue: 'BillDlq',
    bus: 'OrdersBus',
    hook: 'PartnerHook',
  },
  {
    format: 'serverless',
    file: 'serverless.yml',
    bill: 'bill',
    slack: 'SlackLambdaFunction',
    queue: 'BillDlq',
    bus: 'OrdersBus',
    hook: 'PartnerHook',
  },
  {
    format: 'terraform',
    file: 'terraform.json',
    bill: 'aws_lambda_function.bill',
    slack: 'slack',
    queue: 'aws_sqs_queue.bill_dlq',
    bus: 'orders',
    hook: 'partner_hook',
  },
] as const;

const order = { source: 'com.shop', detailType: 'Order Placed', detail: { orderId: 'o-1', total: 120 } };

describe('A shop that is written in five forms', () => {
  test.each(forms)('is told apart: $form', async ({ format, file }) => {
    const { stack } = await loaded(stackFile(`shop/${file}`));
    expect(stack.format).toBe(format);
  });

  test.each(forms)('gives the same bridge: $form', async ({ file }) => {
    const expected = (await loaded(stackFile('shop/cloudformation.yaml'))).bridge.snapshot();
    const { bridge, stack } = await loaded(stackFile(`shop/${file}`));
    expect(withoutMadeUpNames(bridge.snapshot(), {})).toEqual(withoutMadeUpNames(expected, {}));
    expect(stack.rules.map(({ bus, name }) => `${bus}/${name}`).sort()).toEqual([
      'default/nightly',
      'dev-orders/big-order',
      'dev-orders/everything',
      'dev-orders/returns',
      'dev-orders/shipped',
    ]);
  });

  test.each(forms)('delivers to what handles its resources: $form', async ({ file, bill, slack, bus, hook }) => {
    const { bridge, stack } = await loaded(stackFile(`shop/${file}`));
    const seen: unknown[] = [];
    stack.handle(bill, (event) => seen.push(['bill', event.detail?.orderId ?? event]));
    stack.handle(slack, (event) => seen.push(['slack', event]));
    stack.handle(hook, (event) => seen.push(['hook', event]));
    await stack.bus(bus).publish(order);
    await stack.bus(bus).publish({ source: 'com.other', detailType: 'Order Shipped', detail: { orderId: 'o-2' } });
    await stack.bus(bus).publish({ source: 'com.other', detailType: 'Order Returned', detail: {} });
    expect(await bridge.idle()).toMatchObject({ delivered: 3, failed: 0 });
    expect(seen).toHaveLength(3);
    expect(seen).toEqual(
      expect.arrayContaining([
        ['bill', 'o-1'],
        ['slack', { text: 'Order o-1 for 120 EUR' }],
        ['hook', { orderId: 'o-2' }],
      ]),
    );
  });

  test.each(forms)('puts what nobody handled into its queue: $form', async ({ file, queue, bus }) => {
    const { bridge, stack } = await loaded(stackFile(`shop/${file}`));
    await stack.bus(bus).publish(order);
    await bridge.idle();
    expect(stack.queue(queue).messages).toMatchObject([{ attributes: { ERROR_CODE: 'NO_RESOURCE' } }]);
    expect(stack.queue(queue)).toBe(bridge.queue('bill-dlq'));
  });

  test.each(forms)('runs its schedules: $form', async ({ file, bill }) => {
    const { bridge, stack } = await loaded(stackFile(`shop/${file}`));
    const seen: unknown[] = [];
    stack.handle(bill, (event) => seen.push(event));
    await (bridge.clock as ReturnType<typeof import('../../src/index.js').virtualClock>).advanceTo(
      '2026-01-02T04:00:00Z',
    );
    expect(seen).toEqual([{ task: 'close the day' }, { task: 'close the day' }]);
  });

  test.each(forms)('tells the code under test the name of its bus: $form', async ({ file, bill }) => {
    const { stack } = await loaded(stackFile(`shop/${file}`));
    expect(stack.environment(bill)).toMatchObject({ BUS_NAME: 'dev-orders' });
  });

  test.each(forms)('lists the schedule of EventBridge Scheduler as skipped: $form', async ({ file }) => {
    const { stack } = await loaded(stackFile(`shop/${file}`));
    const found = stack.skipped.filter(({ reason }) => reason.includes('EventBridge Scheduler'));
    expect(found).toHaveLength(1);
    expect(found[0]?.location).toMatchObject({ file: stackFile(`shop/${file}`), line: expect.any(Number) });
  });
});

const mails = [
  { file: 'cloudformation.yaml', greet: 'Greet', names: {} },
  { file: 'sam.yaml', greet: 'Greet', names: { 'stack-GreetSignedUp': 'stack-SignedUp' } },
  {
    file: 'cdk.template.json',
    greet: 'Greet',
    names: {
      'stack-SignedUp30FA1A6A': 'stack-SignedUp',
      'stack-Greet8553ACA9': 'stack-Greet',
      'stack-LostDF84CB6B': 'stack-Lost',
    },
  },
  {
    file: 'serverless.yml',
    greet: 'greet',
    names: {
      'mail-dev-greet-rule-1': 'stack-SignedUp',
      'mail-dev-greet': 'stack-Greet',
      'mail-dev-Lost': 'stack-Lost',
    },
  },
  {
    file: 'terraform.json',
    greet: 'greet',
    names: {
      'terraform-aws_cloudwatch_event_rule-signed_up': 'stack-SignedUp',
      'function:greet': 'function:stack-Greet',
      'terraform-aws_sqs_queue-lost': 'stack-Lost',
    },
  },
];

describe('A mailer that names nothing, written in five forms', () => {
  test.each(mails)('gives the same bridge but for what the form makes up: $file', async ({ file, names }) => {
    const expected = (await loaded(stackFile('mail/cloudformation.yaml'))).bridge.snapshot();
    const { bridge } = await loaded(stackFile(`mail/${file}`));
    expect(expected.state.rules).toHaveLength(1);
    expect(withoutMadeUpNames(bridge.snapshot(), names)).toEqual(withoutMadeUpNames(expected, {}));
  });

  test.each(mails)('delivers: $file', async ({ file, greet }) => {
    const { bridge, stack } = await loaded(stackFile(`mail/${file}`));
    const seen: unknown[] = [];
    stack.handle(greet, (event) => seen.push(event.detail));
    for (const plan of ['trial', 'full']) {
      await bridge.publish({ source: 'com.mail', detailType: 'Signed Up', detail: { plan } });
    }
    await bridge.idle();
    expect(seen).toEqual([{ plan: 'full' }]);
  });
});

describe('A template of 200 rules', () => {
  test('is loaded whole, and each rule is where it is written', async () => {
    const { bridge, stack } = await loaded(stackFile('large.yaml'), { parameters: { Stage: 'load' } });
    expect(stack.rules).toHaveLength(200);
    expect(stack.skipped).toEqual([]);
    expect((await bridge.listRules({ EventBusName: 'load-all', Limit: 100 })).Rules).toHaveLength(100);
    const seen: string[] = [];
    for (const key of ['Function03', 'Function17']) stack.handle(key, () => seen.push(key));
    await stack.bus('Bus').publish({
      source: 'com.shop.load.team3',
      detailType: 'Order Paid',
      detail: { region: 'eu-3', total: 35 },
    });
    await stack.bus('Bus').publish({
      source: 'com.shop.load.team3',
      detailType: 'Order Paid',
      detail: { region: 'us-1', total: 200 },
    });
    await bridge.idle();
    expect(seen).toEqual(['Function03', 'Function03', 'Function17']);
    const paid = stack.rules.find(({ logicalId }) => logicalId === 'Function17OnPaid');
    expect(paid?.location).toMatchObject({
      line: expect.any(Number),
      path: 'Resources.Function17.Properties.Events.OnPaid',
    });
  });
});
