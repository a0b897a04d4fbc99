import { makeArn, parseArn } from '../../base/arn.js';
import {
  type JsonShape,
  membersShape as members,
  objectShape as object,
  textShape as text,
} from '../../base/json/json-shape.js';
import { busNameOf } from '../../core/bus-names.js';
import type { Collection, CollectionType } from '../../core/collections.js';
import type { Host, ServiceKey } from '../../core/plugin.js';
import { deadLettersShape, instant, jsonObject, tagsShape } from '../../core/record-shapes.js';
import { busNotFound } from '../../core/responses.js';
import type { DeadLetterConfig, Tag } from '../../model/target.js';

/** An event bus. Times are epoch milliseconds. */
export interface BusRecord {
  readonly Name: string;
  readonly Arn: string;
  readonly Description?: string | undefined;
  readonly KmsKeyIdentifier?: string | undefined;
  readonly DeadLetterConfig?: DeadLetterConfig | undefined;
  readonly LogConfig?: LogConfig | undefined;
  /** The text of a policy document. */
  readonly Policy?: string | undefined;
  readonly Tags: readonly Tag[];
  readonly CreationTime: number;
  readonly LastModifiedTime: number;
}

/** What a bus logs. Kept and given back; a Bridge's log is its history. */
export interface LogConfig {
  readonly IncludeDetail?: 'NONE' | 'FULL' | undefined;
  readonly Level?: 'OFF' | 'ERROR' | 'INFO' | 'TRACE' | undefined;
}

export const busRecords: CollectionType<BusRecord> = { name: 'buses' };

/** What a bus of a snapshot must be like. */
export const busShape: JsonShape = members(
  { Name: text, Arn: text, Tags: tagsShape, CreationTime: instant, LastModifiedTime: instant },
  {
    Description: text,
    KmsKeyIdentifier: text,
    DeadLetterConfig: deadLettersShape,
    LogConfig: object,
    Policy: jsonObject,
  },
);

export function busesOf({ store }: Host): Collection<BusRecord> {
  return store.collection(busRecords);
}

/**
 * The bus of this name or ARN, `default` if absent; throws ResourceNotFoundException. By an ARN of another region AWS finds the bus of
 * that name in its own: captured.
 */
export function findBus(host: Host, nameOrArn: string | undefined): BusRecord {
  const name = busNameOf(host.home, nameOrArn) ?? busNameOfOtherRegion(host, nameOrArn);
  const bus = name === undefined ? undefined : busesOf(host).get(name);
  if (bus === undefined) throw busNotFound(name ?? String(nameOrArn));
  return bus;
}

/** The name in the ARN of a bus of this account in another region. */
export function busNameOfOtherRegion({ home }: Host, text: string | undefined): string | undefined {
  const arn = parseArn(text ?? '');
  const isOurs = arn?.service === 'events' && arn.account === home.account && arn.region !== home.region;
  return isOurs && arn.resource.startsWith('event-bus/') ? arn.resource.slice('event-bus/'.length) : undefined;
}

/** The bus of this ARN, which must be here; throws ResourceNotFoundException. */
export function busOfArn(host: Host, arn: string): BusRecord {
  const name = busNameOf(host.home, arn);
  const bus = name === undefined ? undefined : busesOf(host).get(name);
  if (bus === undefined) throw busNotFound(arn.slice(arn.indexOf('/') + 1));
  return bus;
}

/** The name of the bus of this ARN, if it is here. */
export function busNamed(host: Host, arn: string): string | undefined {
  const name = busNameOf(host.home, arn);
  return name !== undefined && busesOf(host).get(name) !== undefined ? name : undefined;
}

/** Knows the rules of buses. */
export interface BusRules {
  hasRules(bus: string): boolean;
}

export const busRules: ServiceKey<BusRules> = { plugin: 'rules' };

/** Checks the tags of a new resource. */
export interface TagChecks {
  /** Throws a ValidationException or LimitExceededException. */
  check(tags: readonly Tag[]): void;
}

export const tagChecks: ServiceKey<TagChecks> = { plugin: 'tags' };

/** Throws for tags that a new resource must not have. */
export function checkTags(host: Host, tags: readonly Tag[] | undefined = []): void {
  if (tags.length > 0) host.require(tagChecks, 'Tags').check(tags);
}

/** Creates a bus without asking for quotas. */
export function addBus(host: Host, name: string, settings: Partial<BusRecord> = {}): BusRecord {
  const now = host.clock.now();
  const bus: BusRecord = {
    Name: name,
    Arn: makeArn(host.home, 'events', `event-bus/${name}`),
    ...settings,
    Tags: settings.Tags ?? [],
    CreationTime: now,
    LastModifiedTime: now,
  };
  busesOf(host).put(bus);
  return bus;
}
