import { busOrArchiveArn, eventPattern, kmsKey, lineDescription, namePattern, page } from './scalars.js';
import { integer, oneOf, requests, string } from './shape.js';

const archiveName = string(1, 48, namePattern);
const byName = { 'ArchiveName!': archiveName };
const settings = {
  Description: lineDescription,
  EventPattern: eventPattern,
  RetentionDays: integer(0),
  KmsKeyIdentifier: kmsKey,
};

export const archiveModel = requests({
  CreateArchive: { ...byName, 'EventSourceArn!': busOrArchiveArn, ...settings },
  UpdateArchive: { ...byName, ...settings },
  DescribeArchive: byName,
  DeleteArchive: byName,
  ListArchives: {
    NamePrefix: archiveName,
    EventSourceArn: busOrArchiveArn,
    State: oneOf('ENABLED', 'DISABLED', 'CREATING', 'UPDATING', 'CREATE_FAILED', 'UPDATE_FAILED'),
    ...page,
  },
});
