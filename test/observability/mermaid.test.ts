import { describe, expect, test } from 'vitest';
import { createBridge } from '../../src/index.js';
import { toMermaid } from '../../src/mermaid.js';

const EventPattern = '{"source":["com.shop"]}';
const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:123456789012:${resource}`;

describe('toMermaid', () => {
  test('The diagram of a bridge shows buses, rules, targets, queues and subscriptions, sorted', async () => {
    await using bridge = createBridge({ buses: ['orders'] });
    await bridge.putRule({ Name: 'big', EventPattern });
    await bridge.putRule({ Name: 'all', EventPattern, State: 'DISABLED' });
    await bridge.putRule({ Name: 'nightly', ScheduleExpression: 'rate(1 day)', EventBusName: 'default' });
    const DeadLetterConfig = { Arn: arn('sqs', 'bill-dlq') };
    await bridge.putTargets({
      Rule: 'big',
      Targets: [
        { Id: '2', Arn: arn('events', 'event-bus/orders'), RoleArn: 'arn:aws:iam::123456789012:role/r' },
        { Id: '1', Arn: arn('lambda', 'function:bill'), DeadLetterConfig },
      ],
    });
    await bridge.putTargets({ Rule: 'all', Targets: [{ Id: 'log', Arn: arn('logs', 'log-group:/aws/events/all') }] });
    await bridge.putTargets({ Rule: 'nightly', Targets: [{ Id: 'sns', Arn: arn('sns', 'orders') }] });
    bridge.bus('orders').on({ source: ['a'] }, () => {}, { name: 'audit' });
    bridge.bus('orders').on({ source: ['b'] }, () => {}, { name: 'audit' });
    const bill = 'target_arn_3a_aws_3a_lambda_3a_us_2d_east_2d_1_3a_123456789012_3a_function_3a_bill';
    const queue = 'target_arn_3a_aws_3a_sqs_3a_us_2d_east_2d_1_3a_123456789012_3a_bill_2d_dlq';
    const logs =
      'target_arn_3a_aws_3a_logs_3a_us_2d_east_2d_1_3a_123456789012_3a_log_2d_group_3a__2f_aws_2f_events_2f_all';
    const topic = 'target_arn_3a_aws_3a_sns_3a_us_2d_east_2d_1_3a_123456789012_3a_orders';
    expect(toMermaid(bridge).split('\n')).toEqual([
      'flowchart LR',
      '  bus_default(["bus default"])',
      '  rule_default_0_all["rule all"]',
      `  ${logs}[/"log group /aws/events/all"/]`,
      '  rule_default_0_big["rule big"]',
      `  ${bill}("function bill")`,
      `  ${queue}[("queue bill-dlq")]`,
      '  bus_orders(["bus orders"])',
      '  rule_default_0_nightly["rule nightly<br/>rate#40;1 day#41;"]',
      `  ${topic}{{"sns orders"}}`,
      '  subscription_orders_0_audit>"2 subscriptions audit"]',
      '  bus_default -.->|"disabled"| rule_default_0_all',
      `  rule_default_0_all -->|"log"| ${logs}`,
      '  bus_default --> rule_default_0_big',
      `  rule_default_0_big -->|"1"| ${bill}`,
      `  rule_default_0_big -.->|"dead letters of 1"| ${queue}`,
      '  rule_default_0_big -->|"2"| bus_orders',
      '  bus_default --> rule_default_0_nightly',
      `  rule_default_0_nightly -->|"sns"| ${topic}`,
      '  bus_orders --> subscription_orders_0_audit',
    ]);
  });

  test('The diagram of a bridge does not depend on the order of creation', async () => {
    const drawn = async (names: readonly string[]) => {
      await using bridge = createBridge({ buses: names });
      for (const Name of names) await bridge.putRule({ Name, EventPattern });
      for (const name of names) bridge.on({ source: ['a'] }, () => {}, { name });
      return toMermaid(bridge);
    };
    expect(await drawn(['b', 'a', 'c'])).toBe(await drawn(['c', 'b', 'a']));
  });

  test.each([
    ['say "hi"', 'say #34;hi#34;'],
    ['a[b](c){d}<e>|f', 'a#91;b#93;#40;c#41;#123;d#125;#60;e#62;#124;f'],
    ['#35; & `md` **bold**', '#35;35#59; #38; #96;md#96; #42;#42;bold#42;#42;'],
    ['style x: a#b;', 'style x#58; a#35;b#59;'],
    ['one\r\ntwo\nthree\u2028four', 'one<br/>two<br/>three<br/>four'],
    ['Größe 値 🚀', 'Größe 値 🚀'],
    ['half \ud83d, \u0007bell, \u202eback', 'half #65533;, #7;bell, #8238;back'],
    ['click end %% graph', 'click end #37;#37; graph'],
  ])('The diagram of a bridge escapes names: %j', async (name, shown) => {
    await using bridge = createBridge();
    bridge.on({ source: ['a'] }, () => {}, { name });
    const lines = toMermaid(bridge).split('\n');
    expect(lines[2]).toMatch(/^ {2}subscription_default_0_\w+>"/);
    expect(lines[2]?.slice(lines[2].indexOf('>'))).toBe(`>"subscription ${shown}"]`);
    expect(lines).toHaveLength(4);
  });

  test('The diagram of a bridge keeps similar names apart, and cuts a long one', async () => {
    await using bridge = createBridge({ buses: ['a', 'a-2d'] });
    await bridge.putRule({ Name: '2d-x', EventPattern, EventBusName: 'a' });
    await bridge.putRule({ Name: 'x', EventPattern, EventBusName: 'a-2d' });
    bridge.on({ source: ['a'] }, () => {}, { name: '🚀'.repeat(500) });
    const text = toMermaid(bridge);
    expect(text).toContain('rule_a_0_2d_2d_x["rule 2d-x"]');
    expect(text).toContain('rule_a_2d_2d_0_x["rule x"]');
    expect(text).toContain(`>"subscription ${'🚀'.repeat(107)}…"]`);
  });

  test('The diagram of a bridge is rejected for what is not a bridge', () => {
    for (const value of [undefined, null, 1, {}, new Proxy({}, { has: () => true, get: () => 1 })]) {
      expect(() => toMermaid(value as never)).toThrow('toMermaid: a bridge is needed');
    }
  });
});
