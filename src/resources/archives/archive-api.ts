import type { NamedPageRequest } from '../../core/pages.js';
import type { EmptyResponse, OmitUndefined } from '../../core/responses.js';

/** The state of an archive. A Bridge's is ENABLED, or DISABLED once its rule or the rule's target was forced out. */
export type ArchiveState = 'ENABLED' | 'DISABLED' | 'CREATING' | 'UPDATING' | 'CREATE_FAILED' | 'UPDATE_FAILED';

/** What can be set on an archive. */
interface ArchiveSettings {
  /** At most 512 characters, in one line. */
  readonly Description?: string | undefined;
  /** Which events it takes from now on, as JSON text. All if absent, or empty. */
  readonly EventPattern?: string | undefined;
  /** How many days an event is kept after its bus took it in; 0 is for ever. */
  readonly RetentionDays?: number | undefined;
  /** Kept and given back; a Bridge encrypts nothing. */
  readonly KmsKeyIdentifier?: string | undefined;
}

/** The input of CreateArchive. */
export interface CreateArchiveRequest extends ArchiveSettings {
  /** 1 to 48 letters, digits, dots, dashes and underscores. */
  readonly ArchiveName: string | undefined;
  /** ARN of the bus. */
  readonly EventSourceArn: string | undefined;
}

/** The input of UpdateArchive. */
export interface UpdateArchiveRequest extends ArchiveSettings {
  readonly ArchiveName: string | undefined;
}

/** An archive by its name. */
export interface ArchiveByName {
  readonly ArchiveName: string | undefined;
}

/** The output of CreateArchive and UpdateArchive. */
export interface ChangeArchiveResponse {
  ArchiveArn: string;
  State: ArchiveState;
  CreationTime: Date;
}

/** An archive, as ListArchives lists it. */
export interface Archive {
  ArchiveName: string;
  EventSourceArn: string;
  State: ArchiveState;
  /** Why it is DISABLED. */
  StateReason?: string;
  RetentionDays: number;
  /** Of the events that it holds now, by the service's formula. The service counts minutes later. */
  SizeBytes: number;
  /** How many events it holds now. */
  EventCount: number;
  CreationTime: Date;
}

/** The output of DescribeArchive. */
export interface DescribeArchiveResponse
  extends Archive,
    OmitUndefined<Pick<ArchiveSettings, 'Description' | 'EventPattern' | 'KmsKeyIdentifier'>> {
  ArchiveArn: string;
}

/** The input of ListArchives. At most one filter. */
export interface ListArchivesRequest extends NamedPageRequest {
  /** Only those of this bus. */
  readonly EventSourceArn?: string | undefined;
  readonly State?: ArchiveState | undefined;
}

/** The output of ListArchives. */
export interface ListArchivesResponse {
  /** By name. */
  Archives: Archive[];
  /** There if, and only if, more archives follow. */
  NextToken?: string;
}

/** The operations on archives. */
export interface ArchiveOperations {
  /**
   * Creates an archive of a bus, and the rule `Events-Archive-NAME` that feeds it.
   *
   * It stores the events that match from this call on. Its rule keeps the bus from being deleted; forced out, it leaves the archive
   * and what it stores, DISABLED.
   *
   * @throws {ResourceNotFoundException} when the bus does not exist.
   * @throws {ResourceAlreadyExistsException} when the archive or its rule exists.
   * @throws {InvalidEventPatternException} for an invalid pattern.
   * @throws {LimitExceededException} for a pattern that is too long.
   * @throws {ValidationException} for a bus of another region, account or partition.
   */
  createArchive(input: CreateArchiveRequest): Promise<ChangeArchiveResponse>;
  /**
   * Changes an archive; what is left out stays, and what is empty is taken away. Its rule and the rule's target are made again.
   *
   * @throws {ResourceNotFoundException} when the archive or its bus does not exist.
   * @throws {InvalidEventPatternException} for an invalid pattern.
   * @throws {LimitExceededException} for a pattern that is too long.
   * @throws {ValidationException} for a request that changes nothing.
   */
  updateArchive(input: UpdateArchiveRequest): Promise<ChangeArchiveResponse>;
  /**
   * Describes an archive, with how much it stores now.
   *
   * @throws {ResourceNotFoundException} when the archive does not exist.
   */
  describeArchive(input: ArchiveByName): Promise<DescribeArchiveResponse>;
  /**
   * Lists the archives by name, 100 at a time if `Limit` does not say less.
   *
   * @throws {ResourceNotFoundException} when the bus does not exist.
   * @throws {ValidationException} for more than one filter.
   */
  listArchives(input?: ListArchivesRequest): Promise<ListArchivesResponse>;
  /**
   * Deletes an archive with its events and its rule. Replays of it that are under way end as FAILED.
   *
   * @throws {ResourceNotFoundException} when the archive does not exist.
   */
  deleteArchive(input: ArchiveByName): Promise<EmptyResponse>;
}
