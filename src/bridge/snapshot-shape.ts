import {
  countShape as count,
  flagShape as flag,
  kindsShape as kinds,
  listShape as list,
  mapShape as map,
  membersShape as members,
  objectShape as object,
  oneOfShape as oneOf,
  shapeOf,
  textShape as text,
} from '../base/json/json-shape.js';
import { readTime } from '../events/envelope.js';
import { readDetail } from '../events/validate-entry.js';

// What the state of a snapshot must be for a bridge to work with it: types, not meaning. What is only kept and given back is
// not looked into.

const instant = shapeOf(
  (value) => typeof value === 'number' && readTime(value / 1000) !== undefined,
  'a time in milliseconds',
);
const seconds = shapeOf((value) => typeof value === 'number' && readTime(value) !== undefined, 'a time in seconds');
const number = shapeOf(Number.isFinite, 'a number');
const jsonObject = shapeOf(
  (value) => typeof value === 'string' && readDetail(value) !== undefined,
  'the text of a JSON object',
);
const tags = list(members({ Key: text, Value: text }));
const deadLetters = members({}, { Arn: text });
const created = { CreationTime: instant, LastModifiedTime: instant };

const bus = members(
  { Name: text, Arn: text, Tags: tags, ...created },
  { Description: text, KmsKeyIdentifier: text, DeadLetterConfig: deadLetters, LogConfig: object, Policy: jsonObject },
);
const target = members(
  { Id: text, Arn: text },
  {
    Input: text,
    InputPath: text,
    InputTransformer: members({ InputTemplate: text }, { InputPathsMap: map(text) }),
    SqsParameters: members({}, { MessageGroupId: text }),
    DeadLetterConfig: deadLetters,
    RetryPolicy: members({}, { MaximumRetryAttempts: count, MaximumEventAgeInSeconds: count }),
  },
);
const rule = members(
  {
    Name: text,
    Arn: text,
    EventBusName: text,
    State: oneOf('ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'),
    CreatedBy: text,
    Tags: tags,
    Targets: list(target),
  },
  {
    EventPattern: text,
    ScheduleExpression: text,
    ScheduledSince: instant,
    Description: text,
    RoleArn: text,
    ManagedBy: text,
  },
);
const connection = members(
  {
    Name: text,
    ConnectionArn: text,
    AuthorizationType: oneOf('BASIC', 'OAUTH_CLIENT_CREDENTIALS', 'API_KEY'),
    AuthorizedAt: instant,
    IsDeauthorized: flag,
    ...created,
  },
  { Description: text, AuthParameters: object, InvocationConnectivityParameters: object, SecretArn: text },
);
const apiDestination = members(
  {
    Name: text,
    ApiDestinationArn: text,
    ConnectionArn: text,
    InvocationEndpoint: text,
    HttpMethod: oneOf('POST', 'GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'),
    InvocationRateLimitPerSecond: count,
    ...created,
  },
  { Description: text },
);
const archived = list(
  members({ head: jsonObject, detail: jsonObject, time: seconds, ingestedAt: instant, size: count }),
);
const archive = members(
  { Name: text, Arn: text, EventSourceArn: text, RetentionDays: count, CreationTime: instant },
  { Description: text, EventPattern: text, KmsKeyIdentifier: text },
);
const replay = members(
  {
    Name: text,
    Arn: text,
    EventSourceArn: text,
    Destination: members({ Arn: text }, { FilterArns: list(text) }),
    EventStartTime: seconds,
    EventEndTime: seconds,
    State: oneOf('STARTING', 'RUNNING', 'CANCELLING', 'COMPLETED', 'CANCELLED', 'FAILED'),
    ReplayStartTime: seconds,
  },
  { Description: text, StateReason: text, ReplayEndTime: seconds, EventLastReplayedTime: seconds },
);
const message = members(
  { id: text, body: text, attributes: map(text), visibleAt: instant, receiveCount: count },
  { messageGroupId: text },
);
const places = members(
  {
    queues: list(members({ arn: text, sent: count, messages: list(message) })),
    logGroups: list(members({ arn: text, events: list(members({ timestamp: number, message: text })) })),
  },
  { policies: map(text) },
);
const headTexts = {
  version: text,
  id: text,
  'detail-type': text,
  source: text,
  account: text,
  time: text,
  region: text,
};
const event = members(
  { bus: text, head: members({ ...headTexts, resources: list(text) }, { 'replay-name': text }), detail: jsonObject },
  { traceHeader: text, hasHopped: flag, scheduledBy: text },
);
const failure = members({
  errorCode: text,
  errorMessage: text,
  reason: oneOf('handler', 'unhandled', 'ended'),
  retryable: flag,
});
const delivery = members(
  {
    event: count,
    recipient: kinds({
      target: members({ rule: text, ruleArn: text, target }),
      subscription: members({ subscription: text }),
    }),
    acceptedAt: instant,
    attempts: count,
    throws: count,
    isHandedOver: flag,
    isWaiting: flag,
  },
  {
    last: kinds({
      retry: members({ at: instant, failure }),
      'invoke-again': members({ at: instant, errorMessage: text }),
    }),
  },
);

/** The shape of `Snapshot.time`: what a virtual clock can be put to. */
export const timeShape = shapeOf(
  (value) => typeof value === 'string' && readTime(value) !== undefined && Date.parse(value) >= 0,
  'an ISO text from 1970 to 9999',
);

/** The shape of `Snapshot.state`. */
export const stateShape = members({
  buses: list(bus),
  rules: list(rule),
  connections: list(connection),
  apiDestinations: list(apiDestination),
  archives: list(members({ record: archive, events: archived })),
  replays: list(members({ record: replay, events: archived })),
  places,
  events: list(event),
  deliveries: list(delivery),
});
