import { busOrArchiveArn, eventPattern, kmsKey, lineDescription, namePattern, page } from './scalars.js';
import { integer, oneOf, string, structure } from './shape.js';

const archiveName = string(1, 48, namePattern);
const byName = { 'ArchiveName!': archiveName };
const settings = {
  Description: lineDescription,
  EventPattern: eventPattern,
  RetentionDays: integer(0),
  KmsKeyIdentifier: kmsKey,
};

export const archiveModel = {
  CreateArchive: structure('CreateArchiveRequest', { ...byName, 'EventSourceArn!': busOrArchiveArn, ...settings }),
  UpdateArchive: structure('UpdateArchiveRequest', { ...byName, ...settings }),
  DescribeArchive: structure('DescribeArchiveRequest', byName),
  DeleteArchive: structure('DeleteArchiveRequest', byName),
  ListArchives: structure('ListArchivesRequest', {
    NamePrefix: archiveName,
    EventSourceArn: busOrArchiveArn,
    State: oneOf('ENABLED', 'DISABLED', 'CREATING', 'UPDATING', 'CREATE_FAILED', 'UPDATE_FAILED'),
    ...page,
  }),
};
