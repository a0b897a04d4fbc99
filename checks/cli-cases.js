// What must hold of every AWS CLI and of boto3, in this order on one server. A case calls one operation: `input` is given to
// boto3, and to the AWS CLI as --cli-input-json unless `args` has its own arguments. `answers` is what the answer must
// hold at least, `refuses` the name of the error and the beginning of its sentence. A RegExp is tried, a function is asked;
// an input may be a function of what `keep` has kept of earlier answers. `arrived` is asked with the events on the server.
import { moreCases } from './cli-cases-more.js';

const arn = 'arn:aws:events:us-east-1:123456789012';
const lambda = 'arn:aws:lambda:us-east-1:123456789012:function:bill';
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const pattern = '{"detail":{"total":[{"numeric":[">",100]}]}}';
const entry = { Source: 'com.shop', DetailType: 'Order Placed', Detail: '{"total": 120.50, "name": "é😀"}' };
const event = { id: '1', account: '1', source: 'a', time: '2026-01-02T03:04:05Z', region: 'r', 'detail-type': 'b' };

/** An answer's time: a date as text, or epoch seconds. */
export const recent = (value) => {
  const time = typeof value === 'number' ? value * 1000 : Date.parse(value);
  return Math.abs(time - Date.now()) < 3_600_000;
};

/** Clients of 2023 know no times of a bus, and drop what they do not know. */
const recentIfKnown = (value) => value === undefined || recent(value);

const buses = [
  {
    name: 'creates a bus',
    call: 'CreateEventBus',
    input: { Name: 'orders' },
    args: ['--name', 'orders'],
    answers: { EventBusArn: `${arn}:event-bus/orders` },
  },
  {
    name: 'is told of a bus that exists',
    call: 'CreateEventBus',
    input: { Name: 'orders' },
    refuses: ['ResourceAlreadyExistsException', 'Event bus orders already exists.'],
  },
  {
    name: 'describes a bus, with its times',
    call: 'DescribeEventBus',
    input: { Name: 'orders' },
    answers: { Arn: `${arn}:event-bus/orders`, CreationTime: recentIfKnown, LastModifiedTime: recentIfKnown },
  },
  {
    name: 'lists buses by a prefix',
    call: 'ListEventBuses',
    input: { NamePrefix: 'ord' },
    args: ['--name-prefix', 'ord'],
    answers: { EventBuses: [{ Name: 'orders' }] },
  },
  {
    name: 'is told of a bus that does not exist',
    call: 'DescribeEventBus',
    input: { Name: 'none' },
    refuses: ['ResourceNotFoundException', 'Event bus none does not exist.'],
  },
  {
    name: 'cannot delete the default bus',
    call: 'DeleteEventBus',
    input: { Name: 'default' },
    refuses: ['ValidationException', 'Cannot delete event bus default.'],
  },
];

const rules = [
  {
    name: 'puts a rule',
    call: 'PutRule',
    input: { Name: 'big', EventPattern: pattern, Tags: [{ Key: 'team', Value: 'shop' }] },
    args: ['--name', 'big', '--event-pattern', pattern, '--tags', 'Key=team,Value=shop'],
    answers: { RuleArn: `${arn}:rule/big` },
  },
  ...['a', 'b', 'c', 'd', 'e'].map((Name) => ({
    name: `puts rule ${Name} of a bus`,
    call: 'PutRule',
    input: { Name, EventPattern: '{"source":["com.shop"]}', EventBusName: 'orders' },
    answers: { RuleArn: `${arn}:rule/orders/${Name}` },
  })),
  {
    name: 'is told what is wrong with a pattern',
    call: 'PutRule',
    input: { Name: 'bad', EventPattern: '{"source":"com.shop"}' },
    refuses: [
      'InvalidEventPatternException',
      'Event pattern is not valid. Reason: "source" must be an object or an array',
    ],
  },
  {
    name: 'describes a rule',
    call: 'DescribeRule',
    input: { Name: 'big' },
    answers: { Name: 'big', Arn: `${arn}:rule/big`, EventPattern: pattern, State: 'ENABLED', EventBusName: 'default' },
  },
  {
    name: 'is told of a rule that does not exist',
    call: 'DescribeRule',
    input: { Name: 'none' },
    refuses: ['ResourceNotFoundException', 'Rule none does not exist on EventBus default.'],
  },
  { name: 'disables a rule', call: 'DisableRule', input: { Name: 'big' }, args: ['--name', 'big'], answers: {} },
  { name: 'finds it disabled', call: 'DescribeRule', input: { Name: 'big' }, answers: { State: 'DISABLED' } },
  { name: 'enables a rule', call: 'EnableRule', input: { Name: 'big' }, answers: {} },
  {
    name: 'lists rules page by page',
    call: 'ListRules',
    input: { EventBusName: 'orders' },
    args: ['--event-bus-name', 'orders', '--page-size', '2'],
    pageSize: 2,
    answers: { Rules: ['a', 'b', 'c', 'd', 'e'].map((Name) => ({ Name })) },
  },
  {
    name: 'lists one page of rules',
    call: 'ListRules',
    input: { EventBusName: 'orders', Limit: 2 },
    args: ['--event-bus-name', 'orders', '--no-paginate', '--limit', '2'],
    answers: { Rules: [{ Name: 'a' }, { Name: 'b' }], NextToken: /./ },
  },
];

const targets = [
  {
    name: 'puts targets',
    call: 'PutTargets',
    input: {
      Rule: 'big',
      Targets: [
        { Id: '1', Arn: lambda },
        { Id: '2', Arn: 'arn:aws:sqs:us-east-1:123456789012:queue', InputPath: '$.detail' },
      ],
    },
    args: [
      ...['--rule', 'big', '--targets', `Id=1,Arn=${lambda}`],
      'Id=2,Arn=arn:aws:sqs:us-east-1:123456789012:queue,InputPath=$.detail',
    ],
    answers: { FailedEntryCount: 0, FailedEntries: [] },
  },
  {
    name: 'lists targets as they were put',
    call: 'ListTargetsByRule',
    input: { Rule: 'big' },
    answers: {
      Targets: [
        { Id: '1', Arn: lambda },
        { Id: '2', InputPath: '$.detail' },
      ],
    },
  },
  {
    name: 'lists the rules of a target',
    call: 'ListRuleNamesByTarget',
    input: { TargetArn: lambda },
    args: ['--target-arn', lambda],
    answers: { RuleNames: ['big'] },
  },
  {
    name: 'cannot delete a rule with targets',
    call: 'DeleteRule',
    input: { Name: 'big' },
    refuses: ['ValidationException', "Rule can't be deleted since it has targets."],
  },
  {
    name: 'is told the constraint that a target breaks',
    call: 'PutTargets',
    input: { Rule: 'big', Targets: [{ Id: '1 1', Arn: lambda }] },
    refuses: ['ValidationException', "1 validation error detected: Value '1 1' at 'targets.1.member.id' failed"],
  },
];

const events = [
  {
    name: 'puts an event, which arrives with its spelling and its time',
    call: 'PutEvents',
    input: { Entries: [{ ...entry, Resources: ['order/1'], Time: '2026-01-02T03:04:05Z' }] },
    args: ['--entries', JSON.stringify([{ ...entry, Resources: ['order/1'], Time: '2026-01-02T03:04:05Z' }])],
    answers: { FailedEntryCount: 0, Entries: [{ EventId: uuid }] },
    arrived: (texts) =>
      texts.at(-1)?.includes('"time":"2026-01-02T03:04:05Z"') &&
      texts.at(-1).endsWith('"resources":["order/1"],"detail":{"total":120.50,"name":"é😀"}}'),
  },
  {
    name: 'puts an event by the shorthand',
    call: 'PutEvents',
    input: { Entries: [{ Source: 'short', DetailType: 'Hand', Detail: '{}' }] },
    args: ['--entries', 'Source=short,DetailType=Hand,Detail="{}"'],
    answers: { FailedEntryCount: 0 },
    arrived: (texts) => texts.at(-1)?.includes('"source":"short"'),
  },
  {
    name: 'is told of the entry that failed, beside one that did not',
    call: 'PutEvents',
    input: { Entries: [{ ...entry, Detail: 'no JSON' }, entry, { ...entry, Source: 'aws.s3' }] },
    answers: {
      FailedEntryCount: 2,
      Entries: [
        { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' },
        { EventId: uuid },
        { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' },
      ],
    },
  },
  {
    name: 'is told of eleven entries',
    call: 'PutEvents',
    input: { Entries: Array.from({ length: 11 }, () => entry) },
    refuses: ['ValidationException', "1 validation error detected: Value '[PutEventsRequestEntry("],
  },
  {
    name: 'is given an id also for a bus that does not exist',
    call: 'PutEvents',
    input: { Entries: [{ ...entry, EventBusName: 'none' }] },
    answers: { FailedEntryCount: 0, Entries: [{ EventId: uuid }] },
  },
  {
    name: 'tests a pattern that matches',
    call: 'TestEventPattern',
    input: { EventPattern: '{"source":["a"]}', Event: JSON.stringify(event) },
    args: ['--event-pattern', '{"source":["a"]}', '--event', JSON.stringify(event)],
    answers: { Result: true },
  },
  {
    name: 'tests a pattern that does not',
    call: 'TestEventPattern',
    input: { EventPattern: '{"source":["b"]}', Event: JSON.stringify(event) },
    answers: { Result: false },
  },
  {
    name: 'is told of an event that is none',
    call: 'TestEventPattern',
    input: { EventPattern: '{"source":["b"]}', Event: '{}' },
    refuses: ['ValidationException', 'Parameter Event is not valid.'],
  },
];

export const groups = [
  ['buses', buses],
  ['rules', rules],
  ['targets', targets],
  ['events', events],
  ...moreCases({ arn, lambda, recent }),
];
