import { countShape, type JsonShape, membersShape as members, textShape as text } from '../../base/json/json-shape.js';
import type { Collection, CollectionType } from '../../core/collections.js';
import type { Host } from '../../core/plugin.js';
import { instant } from '../../core/record-shapes.js';
import {
  busOrArchiveArn,
  eventPattern,
  integer,
  kmsKey,
  lengthFirst,
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
  /** Made up by AWS, for the life of the archive; in its rule. An archive of an older snapshot has none yet. */
  readonly Id?: string | undefined;
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

const archiveName = lengthFirst(string(1, 48, namePattern));
const byName = { 'ArchiveName!': archiveName };
const settings = {
  Description: lineDescription,
  EventPattern: eventPattern,
  RetentionDays: { ...integer(0), isClamped: true },
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
    // In the server's order: captured.
    State: oneOf('CREATE_FAILED', 'ENABLED', 'UPDATING', 'UPDATE_FAILED', 'CREATING', 'DISABLED'),
    ...page,
  },
});

/** The archives themselves; what they store is beside it in a snapshot. */
export const archiveRecords: CollectionType<ArchiveRecord> = { name: 'archives' };

/** What one of a snapshot must be like. */
export const archiveShape: JsonShape = members(
  { Name: text, Arn: text, EventSourceArn: text, RetentionDays: countShape, CreationTime: instant },
  { Id: text, Description: text, EventPattern: text, KmsKeyIdentifier: text },
);

export function archivesOf({ store }: Host): Collection<ArchiveRecord> {
  return store.collection(archiveRecords);
}
