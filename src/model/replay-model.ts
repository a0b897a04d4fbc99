import { arn, busOrArchiveArn, lineDescription, page, shortName } from './scalars.js';
import { list, oneOf, requests, structure, timestamp } from './shape.js';

const byName = { 'ReplayName!': shortName };

export const replayModel = requests({
  StartReplay: {
    ...byName,
    Description: lineDescription,
    'EventSourceArn!': busOrArchiveArn,
    'EventStartTime!': timestamp,
    'EventEndTime!': timestamp,
    'Destination!': structure('ReplayDestination', { 'Arn!': arn, FilterArns: list(arn) }),
  },
  DescribeReplay: byName,
  CancelReplay: byName,
  ListReplays: {
    NamePrefix: shortName,
    State: oneOf('STARTING', 'RUNNING', 'CANCELLING', 'COMPLETED', 'CANCELLED', 'FAILED'),
    EventSourceArn: busOrArchiveArn,
    ...page,
  },
});
