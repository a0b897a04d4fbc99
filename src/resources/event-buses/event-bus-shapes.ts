import {
  busName,
  busNameOrArn,
  deadLetterConfig,
  description,
  kmsKey,
  oneOf,
  page,
  requests,
  string,
  structure,
  tags,
} from '../../model/shape.js';

const settings = {
  DeadLetterConfig: deadLetterConfig,
  LogConfig: structure('LogConfig', {
    IncludeDetail: oneOf('NONE', 'FULL'),
    Level: oneOf('OFF', 'ERROR', 'INFO', 'TRACE'),
  }),
};

export const eventBusShapes = requests({
  CreateEventBus: {
    'Name!': busName,
    EventSourceName: string(1, 256, 'aws\\.partner(/[\\.\\-_A-Za-z0-9]+){2,}'),
    Description: description,
    KmsKeyIdentifier: kmsKey,
    ...settings,
    Tags: tags,
  },
  UpdateEventBus: {
    Name: busName,
    KmsKeyIdentifier: kmsKey,
    Description: description,
    ...settings,
  },
  DescribeEventBus: { Name: busNameOrArn },
  ListEventBuses: { NamePrefix: busName, ...page },
  DeleteEventBus: { 'Name!': busName },
});
