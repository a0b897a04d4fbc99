import { makeArn } from '../../base/arn.js';
import { invalid } from '../../base/service-error.js';
import { busNameOf } from '../../core/bus-names.js';
import type { OperationContext } from '../../core/old-context.js';
import { assertOneFilter, type NamedPageRequest, pageOfNamed } from '../../core/pages.js';
import {
  alreadyExists,
  type EmptyResponse,
  limitExceeded,
  type OmitUndefined,
  omitUndefined,
  resourceNotFound,
} from '../../core/responses.js';
import { requirePattern } from '../../patterns/language/parse-pattern.js';
import { busOfArn } from '../event-buses/find-record.js';
import type { ArchiveRecord } from './archive-record.js';
import { makeManagedRule, managedPattern, managedRuleName } from './managed-rule.js';

/** The state of an archive. A Bridge's is ENABLED. */
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
  RetentionDays: number;
  /** Of the events that it holds now. The service counts minutes later, by a formula that is not known; this is near it. */
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

/** Makes an archive, and the rule that feeds it. */
export function createArchive(context: OperationContext, input: CreateArchiveRequest): ChangeArchiveResponse {
  const { clock, home, store } = context;
  const { ArchiveName: Name = '', EventSourceArn = '', RetentionDays = 0, Description, KmsKeyIdentifier } = input;
  const bus = busOfArn(context, EventSourceArn);
  if (store.archives.get(Name) !== undefined) throw alreadyExists(`Archive ${Name}`);
  // Nobody recorded what the service says to a rule of one's own that is called so.
  const rule = managedRuleName(Name);
  if (store.rules(bus.Name).get(rule) !== undefined) throw alreadyExists(`Rule ${rule}`);
  const archive: ArchiveRecord = {
    Name,
    Arn: makeArn(home, 'events', `archive/${Name}`),
    EventSourceArn: bus.Arn,
    ...omitUndefined({ Description, EventPattern: checkedPattern(context, input.EventPattern), KmsKeyIdentifier }),
    RetentionDays,
    CreationTime: clock.now(),
  };
  store.rules(bus.Name).put(makeManagedRule(home, bus.Name, archive));
  store.archives.put(archive);
  return changed(archive);
}

/** What is left out stays as it is, and what is archived stays archived, unless a new retention is over for it. */
export function updateArchive(context: OperationContext, input: UpdateArchiveRequest): ChangeArchiveResponse {
  const { home, store } = context;
  const { Description, EventPattern, RetentionDays, KmsKeyIdentifier } = input;
  if (EventPattern === undefined && RetentionDays === undefined && Description === undefined) {
    throw invalid('At least one of EventPattern, RetentionDays or Description must be provided.');
  }
  const before = findArchive(context, input.ArchiveName);
  const { EventPattern: oldPattern, ...rest } = before;
  const pattern = EventPattern === undefined ? oldPattern : checkedPattern(context, EventPattern);
  const archive: ArchiveRecord = {
    ...rest,
    ...omitUndefined({ Description, EventPattern: pattern, RetentionDays, KmsKeyIdentifier }),
  };
  const bus = busNameOf(home, archive.EventSourceArn) ?? '';
  if (store.buses.get(bus) !== undefined) store.rules(bus).put(makeManagedRule(home, bus, archive));
  store.archives.put(archive);
  return changed(archive);
}

export function describeArchive(context: OperationContext, input: ArchiveByName): DescribeArchiveResponse {
  const archive = findArchive(context, input.ArchiveName);
  const { Arn: ArchiveArn, Description, EventPattern, KmsKeyIdentifier } = archive;
  return { ArchiveArn, ...listed(context, archive), ...omitUndefined({ Description, EventPattern, KmsKeyIdentifier }) };
}

export function listArchives(context: OperationContext, input: ListArchivesRequest): ListArchivesResponse {
  const { NamePrefix, EventSourceArn, State } = input;
  assertOneFilter('ListArchives', NamePrefix, EventSourceArn, State);
  const bus = EventSourceArn === undefined ? undefined : busOfArn(context, EventSourceArn);
  const wanted = Array.from(context.store.archives.values()).filter(
    (archive) =>
      (bus === undefined || archive.EventSourceArn === bus.Arn) && (State === undefined || State === 'ENABLED'),
  );
  const { page, next } = pageOfNamed(wanted, input);
  return { Archives: page.map((archive) => listed(context, archive)), ...next };
}

/** Its events are gone with it, and its rule. Replays of it that are under way go on. */
export function deleteArchive(context: OperationContext, input: ArchiveByName): EmptyResponse {
  const { home, store } = context;
  const archive = findArchive(context, input.ArchiveName);
  const bus = busNameOf(home, archive.EventSourceArn) ?? '';
  if (store.buses.get(bus) !== undefined) store.rules(bus).delete(managedRuleName(archive.Name));
  store.archives.delete(archive.Name);
  return {};
}

function findArchive({ store }: OperationContext, name = ''): ArchiveRecord {
  const archive = store.archives.get(name);
  if (archive === undefined) throw resourceNotFound(`Archive ${name} does not exist.`);
  return archive;
}

/** Throws InvalidEventPatternException or LimitExceededException. An empty text is no pattern. */
function checkedPattern({ limits }: OperationContext, pattern: string | undefined): string | undefined {
  if (!pattern) return undefined;
  requirePattern(pattern);
  requirePattern(managedPattern(pattern));
  if (pattern.length > limits.patternCharacters) throw limitExceeded();
  return pattern;
}

function changed({ Arn, CreationTime }: ArchiveRecord): ChangeArchiveResponse {
  return { ArchiveArn: Arn, State: 'ENABLED', CreationTime: new Date(CreationTime) };
}

function listed({ archives }: OperationContext, archive: ArchiveRecord): Archive {
  const { Name, EventSourceArn, RetentionDays, CreationTime } = archive;
  return {
    ArchiveName: Name,
    EventSourceArn,
    State: 'ENABLED',
    RetentionDays,
    SizeBytes: archives.bytes(Name),
    EventCount: archives.count(Name),
    CreationTime: new Date(CreationTime),
  };
}
