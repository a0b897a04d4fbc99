// The rest of cli-cases.js, by the same rules.

export function moreCases({ arn, recent }) {
  const bus = `${arn}:event-bus/orders`;
  const rule = `${arn}:rule/big`;
  const basic = { BasicAuthParameters: { Username: 'u', Password: 'p' } };

  const tags = [
    {
      name: 'finds the tags of a rule',
      call: 'ListTagsForResource',
      input: { ResourceARN: rule },
      answers: { Tags: [{ Key: 'team', Value: 'shop' }] },
    },
    {
      name: 'tags a bus',
      call: 'TagResource',
      input: { ResourceARN: bus, Tags: [{ Key: 'größe', Value: 'é' }] },
      args: ['--resource-arn', bus, '--tags', 'Key=größe,Value=é'],
      answers: {},
    },
    {
      name: 'finds the tag',
      call: 'ListTagsForResource',
      input: { ResourceARN: bus },
      answers: { Tags: [{ Key: 'größe', Value: 'é' }] },
    },
    {
      name: 'takes the tag off',
      call: 'UntagResource',
      input: { ResourceARN: bus, TagKeys: ['größe'] },
      args: ['--resource-arn', bus, '--tag-keys', 'größe'],
      answers: {},
    },
    {
      name: 'is told of a resource that does not exist',
      call: 'ListTagsForResource',
      input: { ResourceARN: `${arn}:rule/none` },
      refuses: ['ResourceNotFoundException', 'Rule none does not exist on EventBus default.'],
    },
  ];

  const permissions = [
    {
      name: 'permits an account to put events',
      call: 'PutPermission',
      input: { EventBusName: 'orders', Action: 'events:PutEvents', Principal: '111111111111', StatementId: 'one' },
      args: '--event-bus-name orders --action events:PutEvents --principal 111111111111 --statement-id one'.split(' '),
      answers: {},
    },
    {
      name: 'finds the policy',
      call: 'DescribeEventBus',
      input: { Name: 'orders' },
      answers: { Policy: (text) => JSON.parse(text).Statement[0].Principal.AWS === 'arn:aws:iam::111111111111:root' },
    },
    {
      name: 'is told of a statement that does not exist',
      call: 'RemovePermission',
      input: { EventBusName: 'orders', StatementId: 'two' },
      refuses: ['ResourceNotFoundException', 'Statement with the provided id does not exist.'],
    },
    {
      name: 'removes all permissions',
      call: 'RemovePermission',
      input: { EventBusName: 'orders', RemoveAllPermissions: true },
      args: ['--event-bus-name', 'orders', '--remove-all-permissions'],
      answers: {},
    },
  ];

  const connections = [
    {
      name: 'creates a connection',
      call: 'CreateConnection',
      input: { Name: 'shop', AuthorizationType: 'BASIC', AuthParameters: basic },
      answers: {
        ConnectionArn: new RegExp(`^${arn}:connection/shop/`),
        ConnectionState: 'AUTHORIZED',
        CreationTime: recent,
      },
      keep: ({ ConnectionArn }) => ({ connection: ConnectionArn }),
    },
    {
      name: 'describes it without its secret',
      call: 'DescribeConnection',
      input: { Name: 'shop' },
      answers: { AuthParameters: { BasicAuthParameters: (given) => given.Username === 'u' && !('Password' in given) } },
    },
    { name: 'lists connections', call: 'ListConnections', input: {}, answers: { Connections: [{ Name: 'shop' }] } },
    {
      name: 'is told all that is wrong with an API destination',
      call: 'CreateApiDestination',
      input: { Name: 'x', ConnectionArn: 'invalid', InvocationEndpoint: 'https://a.example', HttpMethod: 'NO' },
      refuses: ['ValidationException', "2 validation errors detected: Value 'invalid' at 'connectionArn' failed"],
    },
    {
      name: 'creates an API destination',
      call: 'CreateApiDestination',
      input: ({ connection }) => ({
        Name: 'x',
        ConnectionArn: connection,
        InvocationEndpoint: 'https://a.example',
        HttpMethod: 'POST',
      }),
      answers: { ApiDestinationArn: new RegExp(`^${arn}:api-destination/x/`), ApiDestinationState: 'ACTIVE' },
    },
    {
      name: 'describes an API destination',
      call: 'DescribeApiDestination',
      input: { Name: 'x' },
      answers: { InvocationRateLimitPerSecond: 300 },
    },
    { name: 'deletes an API destination', call: 'DeleteApiDestination', input: { Name: 'x' }, answers: {} },
    {
      name: 'deletes a connection',
      call: 'DeleteConnection',
      input: { Name: 'shop' },
      answers: { ConnectionState: 'DELETING' },
    },
    {
      name: 'is told of a connection that does not exist',
      call: 'DescribeConnection',
      input: { Name: 'shop' },
      refuses: ['ResourceNotFoundException', "Failed to describe the connection(s). Connection 'shop' does not exist."],
    },
  ];

  const schedules = [
    {
      name: 'puts a schedule',
      call: 'PutRule',
      input: { Name: 'nightly', ScheduleExpression: 'cron(0 2 ? * SAT *)' },
      args: ['--name', 'nightly', '--schedule-expression', 'cron(0 2 ? * SAT *)'],
      answers: { RuleArn: `${arn}:rule/nightly` },
    },
    {
      name: 'is told of a schedule that is none',
      call: 'PutRule',
      input: { Name: 'bad', ScheduleExpression: 'rate(10 seconds)' },
      refuses: ['ValidationException', 'Parameter ScheduleExpression is not valid.'],
    },
    {
      name: 'cannot schedule on another bus',
      call: 'PutRule',
      input: { Name: 'bad', ScheduleExpression: 'rate(1 minute)', EventBusName: 'orders' },
      refuses: ['ValidationException', 'ScheduleExpression is supported only on the default event bus.'],
    },
  ];

  const replay = {
    ReplayName: 'again',
    EventSourceArn: `${arn}:archive/all`,
    EventStartTime: '2026-01-01T00:00:00Z',
    EventEndTime: '2026-01-03T00:00:00Z',
    Destination: { Arn: bus },
  };
  const archives = [
    {
      name: 'creates an archive',
      call: 'CreateArchive',
      input: { ArchiveName: 'all', EventSourceArn: bus, RetentionDays: 1 },
      args: ['--archive-name', 'all', '--event-source-arn', bus, '--retention-days', '1'],
      answers: { ArchiveArn: `${arn}:archive/all`, State: 'ENABLED', CreationTime: recent },
    },
    {
      name: 'finds the rule of the archive',
      call: 'DescribeRule',
      input: { Name: 'Events-Archive-all', EventBusName: 'orders' },
      answers: { ManagedBy: 'prod.vhs.events.aws.internal' },
    },
    {
      name: 'describes an archive',
      call: 'DescribeArchive',
      input: { ArchiveName: 'all' },
      answers: { RetentionDays: 1, EventSourceArn: bus },
    },
    {
      name: 'is told that an update says nothing',
      call: 'UpdateArchive',
      input: { ArchiveName: 'all' },
      refuses: ['ValidationException', 'At least one of EventPattern, RetentionDays or Description must be provided.'],
    },
    {
      name: 'lists archives',
      call: 'ListArchives',
      input: { NamePrefix: 'a' },
      answers: { Archives: [{ ArchiveName: 'all' }] },
    },
    {
      name: 'starts a replay, with its times',
      call: 'StartReplay',
      input: replay,
      answers: { ReplayArn: `${arn}:replay/again`, State: 'STARTING', ReplayStartTime: recent },
    },
    {
      name: 'describes a replay',
      call: 'DescribeReplay',
      input: { ReplayName: 'again' },
      answers: {
        EventStartTime: (time) =>
          new Date(typeof time === 'number' ? time * 1000 : time).getTime() === Date.UTC(2026, 0, 1),
      },
    },
    {
      name: 'is told of a replay that ends before it starts',
      call: 'StartReplay',
      input: { ...replay, ReplayName: 'back', EventEndTime: '2025-01-03T00:00:00Z' },
      refuses: [
        'ValidationException',
        'Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.',
      ],
    },
    { name: 'lists replays', call: 'ListReplays', input: {}, answers: { Replays: [{ ReplayName: 'again' }] } },
    { name: 'deletes an archive', call: 'DeleteArchive', input: { ArchiveName: 'all' }, answers: {} },
    {
      name: 'is told of an archive that does not exist',
      call: 'DescribeArchive',
      input: { ArchiveName: 'all' },
      refuses: ['ResourceNotFoundException', 'Archive all does not exist.'],
    },
  ];

  const rest = [
    {
      name: 'removes targets',
      call: 'RemoveTargets',
      input: { Rule: 'big', Ids: ['1', '2'] },
      args: ['--rule', 'big', '--ids', '1', '2'],
      answers: { FailedEntryCount: 0 },
    },
    { name: 'deletes a rule', call: 'DeleteRule', input: { Name: 'big' }, args: ['--name', 'big'], answers: {} },
    { name: 'deletes a bus', call: 'DeleteEventBus', input: { Name: 'orders' }, answers: {} },
    {
      name: 'is told of an operation that a bridge has not',
      call: 'ListEventSources',
      input: {},
      refuses: ['UnknownOperationException', 'Footbridge has no operation ListEventSources, which EventBridge has'],
    },
  ];

  return [
    ['tags', tags],
    ['permissions', permissions],
    ['connections', connections],
    ['schedules', schedules],
    ['archives and replays', archives],
    ['deleting', rest],
  ];
}
