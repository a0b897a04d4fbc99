import { isBusArn, makeArn, parseArn, partitionForRegion } from '../../base/arn.js';
import { listShape, membersShape } from '../../base/json/json-shape.js';
import { invalid, ServiceError } from '../../base/service-error.js';
import { busNameOf } from '../../core/bus-names.js';
import { assertOneFilter, pageOfNamed } from '../../core/pages.js';
import { type Host, operationsOf, type Plugin } from '../../core/plugin.js';
import { alreadyExists, type EmptyResponse, type OmitUndefined, resourceNotFound } from '../../core/responses.js';
import { uniqueSuffix } from '../../core/service-arn.js';
import { requirePattern } from '../../patterns/language/parse-pattern.js';
import { type BusRecord, busesOf, busOfArn } from '../event-buses/event-bus-record.js';
import { rulesOf } from '../rules/rule-record.js';
import { checkPatternLength } from '../rules/rules.js';
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
import {
  ArchiveContents,
  type ArchivedEvent,
  type ArchiveService,
  archivedEventsShape,
  contentsOf,
  copyEvents,
} from './archive-contents.js';
import { type ArchiveRecord, archiveRecords, archiveShape, archiveShapes, archivesOf } from './archive-record.js';
import { archiveNameOf, makeManagedRule, managedPattern, managedRuleName } from './managed-rule.js';

/** Makes an archive, and the rule that feeds it. */
export function createArchive(host: Host, input: CreateArchiveRequest): ChangeArchiveResponse {
  const { clock, home } = host;
  const { ArchiveName: Name = '', EventSourceArn = '', RetentionDays = 0, Description, KmsKeyIdentifier } = input;
  const bus = checkedSource(host, EventSourceArn);
  if (archivesOf(host).get(Name) !== undefined) throw alreadyExists(`Archive ${Name}`);
  const rule = managedRuleName(Name);
  if (rulesOf(host, bus.Name).get(rule) !== undefined) {
    throw new ServiceError(
      'ResourceAlreadyExistsException',
      `A rule with the pattern '${rule}' already exists. Please choose a different archive name or delete your rule, then, try again.`,
    );
  }
  const archive: ArchiveRecord = {
    Name,
    Arn: makeArn(home, 'events', `archive/${Name}`),
    Id: uniqueSuffix(host.ids),
    EventSourceArn: bus.Arn,
    ...omitEmpty({ Description, EventPattern: checkedPattern(host, rule, input.EventPattern), KmsKeyIdentifier }),
    RetentionDays,
    CreationTime: clock.now(),
  };
  rulesOf(host, bus.Name).put(makeManagedRule(home, bus.Name, archive));
  archivesOf(host).put(archive);
  return changed(host, archive);
}

/** What is left out stays as it is, and what is archived stays archived, unless a new retention is over for it. */
export function updateArchive(host: Host, input: UpdateArchiveRequest): ChangeArchiveResponse {
  const { home } = host;
  const { Description, EventPattern, RetentionDays, KmsKeyIdentifier } = input;
  if ([EventPattern, RetentionDays, Description, KmsKeyIdentifier].every((setting) => setting === undefined)) {
    throw invalid('At least one of EventPattern, RetentionDays or Description must be provided.');
  }
  const before = findArchive(host, input.ArchiveName);
  checkedPattern(host, managedRuleName(before.Name), EventPattern);
  const { Description: oldDescription, EventPattern: oldPattern, KmsKeyIdentifier: oldKey, ...rest } = before;
  const archive: ArchiveRecord = {
    ...rest,
    Id: before.Id ?? uniqueSuffix(host.ids),
    RetentionDays: RetentionDays ?? before.RetentionDays,
    ...omitEmpty({
      Description: Description ?? oldDescription,
      EventPattern: EventPattern ?? oldPattern,
      KmsKeyIdentifier: KmsKeyIdentifier ?? oldKey,
    }),
  };
  const bus = busNameOf(home, archive.EventSourceArn) ?? '';
  if (busesOf(host).get(bus) === undefined) {
    throw resourceNotFound(`Archive ${before.Name} managed rule does not exist.`);
  }
  rulesOf(host, bus).put(makeManagedRule(home, bus, archive));
  archivesOf(host).put(archive);
  return changed(host, archive);
}

export function describeArchive(host: Host, input: ArchiveByName): DescribeArchiveResponse {
  const archive = findArchive(host, input.ArchiveName);
  const { Arn: ArchiveArn, Description, EventPattern, KmsKeyIdentifier } = archive;
  return { ArchiveArn, ...listed(host, archive), ...omitEmpty({ Description, EventPattern, KmsKeyIdentifier }) };
}

export function listArchives(host: Host, input: ListArchivesRequest): ListArchivesResponse {
  const { NamePrefix, EventSourceArn, State } = input;
  assertOneFilter('ListArchives', NamePrefix, EventSourceArn, State);
  const bus = EventSourceArn === undefined ? undefined : busOfArn(host, EventSourceArn);
  const wanted = Array.from(archivesOf(host).values()).filter(
    (archive) =>
      (bus === undefined || archive.EventSourceArn === bus.Arn) &&
      (State === undefined || stateOf(host, archive).State === State),
  );
  const { page, next } = pageOfNamed(wanted, input);
  return { Archives: page.map((archive) => listed(host, archive)), ...next };
}

/** Its events are gone with it, and its rule. */
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

/** Throws for what is not the ARN of a bus that is here. */
function checkedSource(host: Host, text: string): BusRecord {
  const notPermitted = (across: string) =>
    invalid(`Parameter EventSourceArn is not valid. Reason: Creating ${across} archive is not permitted.`);
  const arn = parseArn(text);
  if (!isBusArn(text) || !arn?.account) {
    throw invalid('Parameter EventSourceArn is not valid. Reason: Must contain an event bus ARN.');
  }
  const { account, region } = host.home;
  if (arn.partition !== partitionForRegion(region)) throw notPermitted('cross-partition');
  if (arn.region !== region) throw notPermitted('cross-region');
  if (arn.account !== account) throw notPermitted('cross-account');
  return busOfArn(host, text);
}

/** Throws InvalidEventPatternException or LimitExceededException. An empty text is no pattern. */
function checkedPattern(host: Host, rule: string, pattern: string | undefined): string | undefined {
  if (!pattern) return undefined;
  requirePattern(pattern);
  requirePattern(managedPattern(pattern));
  checkPatternLength(host, pattern, rule);
  return pattern;
}

/** An archive shows no empty text: captured. */
function omitEmpty<Item extends Readonly<Record<string, string | undefined>>>(item: Item): OmitUndefined<Item> {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value)) as OmitUndefined<Item>;
}

/** It is ENABLED as long as its rule feeds it. */
function stateOf(host: Host, { Name, EventSourceArn }: ArchiveRecord): Pick<Archive, 'State' | 'StateReason'> {
  const bus = busNameOf(host.home, EventSourceArn) ?? '';
  const rule = busesOf(host).get(bus) && rulesOf(host, bus).get(managedRuleName(Name));
  if (rule !== undefined && archiveNameOf(host.home, rule) !== undefined) return { State: 'ENABLED' };
  return { State: 'DISABLED', StateReason: 'Managed rule for the archive was forcefully deleted.' };
}

function changed(host: Host, archive: ArchiveRecord): ChangeArchiveResponse {
  const { Arn, CreationTime } = archive;
  return { ArchiveArn: Arn, State: stateOf(host, archive).State, CreationTime: new Date(CreationTime) };
}

function listed(host: Host, archive: ArchiveRecord): Archive {
  const { Name, EventSourceArn, RetentionDays, CreationTime } = archive;
  return {
    ArchiveName: Name,
    EventSourceArn,
    ...stateOf(host, archive),
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
