import { makeArn } from '../../base/arn.js';
import { listShape, membersShape } from '../../base/json/json-shape.js';
import { invalid } from '../../base/service-error.js';
import { busNameOf } from '../../core/bus-names.js';
import { assertOneFilter, pageOfNamed } from '../../core/pages.js';
import type { Host, Plugin } from '../../core/plugin.js';
import { operationsOf } from '../../core/plugin.js';
import {
  alreadyExists,
  type EmptyResponse,
  limitExceeded,
  omitUndefined,
  resourceNotFound,
} from '../../core/responses.js';
import { requirePattern } from '../../patterns/language/parse-pattern.js';
import { busesOf, busOfArn } from '../event-buses/event-bus-record.js';
import { rulesOf } from '../rules/rule-record.js';
import type {
  Archive,
  ArchiveByName,
  ArchiveOperations,
  ChangeArchiveResponse,
  CreateArchiveRequest,
  DescribeArchiveResponse,
  ListArchivesRequest,
  ListArchivesResponse,
  UpdateArchiveRequest,
} from './archive-api.js';
import type { ArchivedEvent, ArchiveService } from './archive-contents.js';
import { ArchiveContents, archivedEventsShape, contentsOf, copyEvents } from './archive-contents.js';
import type { ArchiveRecord } from './archive-record.js';
import { archiveRecords, archiveShape, archiveShapes, archivesOf } from './archive-record.js';
import { archiveNameOf, makeManagedRule, managedPattern, managedRuleName } from './managed-rule.js';

/** Makes an archive, and the rule that feeds it. */
export function createArchive(host: Host, input: CreateArchiveRequest): ChangeArchiveResponse {
  const { clock, home } = host;
  const { ArchiveName: Name = '', EventSourceArn = '', RetentionDays = 0, Description, KmsKeyIdentifier } = input;
  const bus = busOfArn(host, EventSourceArn);
  if (archivesOf(host).get(Name) !== undefined) throw alreadyExists(`Archive ${Name}`);
  // Nobody recorded what the service says to a rule of one's own that is called so.
  const rule = managedRuleName(Name);
  if (rulesOf(host, bus.Name).get(rule) !== undefined) throw alreadyExists(`Rule ${rule}`);
  const archive: ArchiveRecord = {
    Name,
    Arn: makeArn(home, 'events', `archive/${Name}`),
    EventSourceArn: bus.Arn,
    ...omitUndefined({ Description, EventPattern: checkedPattern(host, input.EventPattern), KmsKeyIdentifier }),
    RetentionDays,
    CreationTime: clock.now(),
  };
  rulesOf(host, bus.Name).put(makeManagedRule(home, bus.Name, archive));
  archivesOf(host).put(archive);
  return changed(archive);
}

/** What is left out stays as it is, and what is archived stays archived, unless a new retention is over for it. */
export function updateArchive(host: Host, input: UpdateArchiveRequest): ChangeArchiveResponse {
  const { home } = host;
  const { Description, EventPattern, RetentionDays, KmsKeyIdentifier } = input;
  if (EventPattern === undefined && RetentionDays === undefined && Description === undefined) {
    throw invalid('At least one of EventPattern, RetentionDays or Description must be provided.');
  }
  const before = findArchive(host, input.ArchiveName);
  const { EventPattern: oldPattern, ...rest } = before;
  const pattern = EventPattern === undefined ? oldPattern : checkedPattern(host, EventPattern);
  const archive: ArchiveRecord = {
    ...rest,
    ...omitUndefined({ Description, EventPattern: pattern, RetentionDays, KmsKeyIdentifier }),
  };
  const bus = busNameOf(home, archive.EventSourceArn) ?? '';
  if (busesOf(host).get(bus) !== undefined) rulesOf(host, bus).put(makeManagedRule(home, bus, archive));
  archivesOf(host).put(archive);
  return changed(archive);
}

export function describeArchive(host: Host, input: ArchiveByName): DescribeArchiveResponse {
  const archive = findArchive(host, input.ArchiveName);
  const { Arn: ArchiveArn, Description, EventPattern, KmsKeyIdentifier } = archive;
  return { ArchiveArn, ...listed(host, archive), ...omitUndefined({ Description, EventPattern, KmsKeyIdentifier }) };
}

export function listArchives(host: Host, input: ListArchivesRequest): ListArchivesResponse {
  const { NamePrefix, EventSourceArn, State } = input;
  assertOneFilter('ListArchives', NamePrefix, EventSourceArn, State);
  const bus = EventSourceArn === undefined ? undefined : busOfArn(host, EventSourceArn);
  const wanted = Array.from(archivesOf(host).values()).filter(
    (archive) =>
      (bus === undefined || archive.EventSourceArn === bus.Arn) && (State === undefined || State === 'ENABLED'),
  );
  const { page, next } = pageOfNamed(wanted, input);
  return { Archives: page.map((archive) => listed(host, archive)), ...next };
}

/** Its events are gone with it, and its rule. Replays of it that are under way go on. */
export function deleteArchive(host: Host, input: ArchiveByName): EmptyResponse {
  const { home } = host;
  const archive = findArchive(host, input.ArchiveName);
  const bus = busNameOf(home, archive.EventSourceArn) ?? '';
  if (busesOf(host).get(bus) !== undefined) rulesOf(host, bus).delete(managedRuleName(archive.Name));
  archivesOf(host).delete(archive.Name);
  return {};
}

function findArchive(host: Host, name = ''): ArchiveRecord {
  const archive = archivesOf(host).get(name);
  if (archive === undefined) throw resourceNotFound(`Archive ${name} does not exist.`);
  return archive;
}

/** Throws InvalidEventPatternException or LimitExceededException. An empty text is no pattern. */
function checkedPattern(host: Host, pattern: string | undefined): string | undefined {
  if (!pattern) return undefined;
  requirePattern(pattern);
  requirePattern(managedPattern(pattern));
  if (pattern.length > host.limit('patternCharacters')) throw limitExceeded();
  return pattern;
}

function changed({ Arn, CreationTime }: ArchiveRecord): ChangeArchiveResponse {
  return { ArchiveArn: Arn, State: 'ENABLED', CreationTime: new Date(CreationTime) };
}

function listed(host: Host, archive: ArchiveRecord): Archive {
  const { Name, EventSourceArn, RetentionDays, CreationTime } = archive;
  return {
    ArchiveName: Name,
    EventSourceArn,
    State: 'ENABLED',
    RetentionDays,
    SizeBytes: contentsOf(host).bytes(Name),
    EventCount: contentsOf(host).count(Name),
    CreationTime: new Date(CreationTime),
  };
}

const operations = operationsOf<ArchiveOperations>(archiveShapes, {
  CreateArchive: createArchive,
  UpdateArchive: updateArchive,
  DescribeArchive: describeArchive,
  ListArchives: listArchives,
  DeleteArchive: deleteArchive,
});

interface SavedArchive {
  readonly record: ArchiveRecord;
  readonly events: readonly ArchivedEvent[];
}

/** Archives of the events of a bus. */
export function archives(): Plugin<ArchiveOperations> {
  return {
    name: 'archives',
    requires: ['rules'],
    operations,
    state: { archives: listShape(membersShape({ record: archiveShape, events: archivedEventsShape })) },
    install: (host) => {
      const contents = new ArchiveContents(host.safeClock);
      host.store.onChange(archiveRecords, (before, after) => contents.archiveChanging(before, after));
      const service: ArchiveService = {
        contents,
        sinkFor: (rule) => {
          const archive = archiveNameOf(host.home, rule);
          return archive === undefined ? undefined : (event, now) => contents.keep(archive, event, now);
        },
      };
      return {
        service,
        save: () => ({
          archives: Array.from(archivesOf(host).values(), (record): SavedArchive => {
            return { record, events: copyEvents(contents.events(record.Name)) };
          }),
        }),
        load: ({ archives }: { readonly archives: readonly SavedArchive[] }) => {
          for (const { record, events } of archives) {
            archivesOf(host).put(record);
            contents.add(record.Name, events);
          }
        },
      };
    },
  };
}
