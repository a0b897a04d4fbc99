import { busName, busNameOrArn, deadLetterConfig, description, kmsKey, page, tags } from './scalars.js';
import { oneOf, string, structure } from './shape.js';

const settings = {
  DeadLetterConfig: deadLetterConfig,
  LogConfig: structure('LogConfig', {
    IncludeDetail: oneOf('NONE', 'FULL'),
    Level: oneOf('OFF', 'ERROR', 'INFO', 'TRACE'),
  }),
};

export const eventBusModel = {
  CreateEventBus: structure('CreateEventBusRequest', {
    'Name!': busName,
    EventSourceName: string(1, 256, 'aws\\.partner(/[\\.\\-_A-Za-z0-9]+){2,}'),
    Description: description,
    KmsKeyIdentifier: kmsKey,
    ...settings,
    Tags: tags,
  }),
  UpdateEventBus: structure('UpdateEventBusRequest', {
    Name: busName,
    KmsKeyIdentifier: kmsKey,
    Description: description,
    ...settings,
  }),
  DescribeEventBus: structure('DescribeEventBusRequest', { Name: busNameOrArn }),
  ListEventBuses: structure('ListEventBusesRequest', { NamePrefix: busName, ...page }),
  DeleteEventBus: structure('DeleteEventBusRequest', { 'Name!': busName }),
};
