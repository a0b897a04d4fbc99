import { arn, busOrArchiveArn, lineDescription, page, shortName } from './scalars.js';
import { list, oneOf, structure, timestamp } from './shape.js';

const byName = { 'ReplayName!': shortName };

export const replayModel = {
  StartReplay: structure('StartReplayRequest', {
    ...byName,
    Description: lineDescription,
    'EventSourceArn!': busOrArchiveArn,
    'EventStartTime!': timestamp,
    'EventEndTime!': timestamp,
    'Destination!': structure('ReplayDestination', { 'Arn!': arn, FilterArns: list(arn) }),
  }),
  DescribeReplay: structure('DescribeReplayRequest', byName),
  CancelReplay: structure('CancelReplayRequest', byName),
  ListReplays: structure('ListReplaysRequest', {
    NamePrefix: shortName,
    State: oneOf('STARTING', 'RUNNING', 'CANCELLING', 'COMPLETED', 'CANCELLED', 'FAILED'),
    EventSourceArn: busOrArchiveArn,
    ...page,
  }),
};
