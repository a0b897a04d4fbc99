import {
  busArnPrefix,
  eventPattern,
  list,
  namePattern,
  requests,
  string,
  structure,
  timestamp,
} from '../../model/shape.js';

const entry = structure(
  'PutEventsRequestEntry',
  {
    Time: timestamp,
    Source: string(),
    Resources: list(string(undefined, 2048)),
    DetailType: string(),
    Detail: string(),
    EventBusName: string(1, 1600, busArnPrefix + namePattern),
    TraceHeader: string(1, 500),
  },
  ['kmsKeyIdentifier', 'internalMetadata'],
);

export const eventShapes = requests({
  PutEvents: {
    'Entries!': list(entry, 1, 10),
    EndpointId: string(1, 50, '^[A-Za-z0-9\\-]+[\\.][A-Za-z0-9\\-]+$'),
  },
  TestEventPattern: { 'EventPattern!': eventPattern, 'Event!': string() },
});
