import {
  busOrArchiveArn,
  eventPattern,
  integer,
  kmsKey,
  lineDescription,
  namePattern,
  oneOf,
  page,
  requests,
  string,
} from '../../model/shape.js';

/** An archive of the events of one bus. */
export interface ArchiveRecord {
  readonly Name: string;
  readonly Arn: string;
  /** ARN of the bus. */
  readonly EventSourceArn: string;
  readonly Description?: string | undefined;
  /** Which events it takes; all if absent. */
  readonly EventPattern?: string | undefined;
  /** How long it keeps them; 0 for ever. */
  readonly RetentionDays: number;
  readonly KmsKeyIdentifier?: string | undefined;
  /** Epoch milliseconds. */
  readonly CreationTime: number;
}

const archiveName = string(1, 48, namePattern);
const byName = { 'ArchiveName!': archiveName };
const settings = {
  Description: lineDescription,
  EventPattern: eventPattern,
  RetentionDays: integer(0),
  KmsKeyIdentifier: kmsKey,
};

export const archiveShapes = requests({
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
