import type { Anything } from '../base/anything.js';
/** An event as rules and targets see it, its members in the order recorded from the service. */
export interface Envelope<DetailType extends string = string, Detail = Anything> {
  /** Always `0`. */
  version: string;
  /** The EventId that PutEvents answered with. */
  id: string;
  /** DetailType of the entry. */
  'detail-type': DetailType;
  /** Source of the entry. */
  source: string;
  /** The sender's account. */
  account: string;
  /** When it happened, in whole seconds: `2026-01-02T03:04:05Z`. */
  time: string;
  /** The sender's region. */
  region: string;
  /** Only in a replayed event: the name of its replay. */
  'replay-name'?: string;
  /** Resources of the entry, `[]` if it had none. */
  resources: string[];
  /** Detail of the entry, parsed. */
  detail: Detail;
}

/** The members of an envelope but its detail. */
export type EnvelopeHead = Omit<Envelope, 'detail'>;

/** The compact JSON text of an envelope: what targets receive and patterns are matched against. */
export function envelopeText(head: EnvelopeHead, detailText: string): string {
  // Without `detail`, which is undefined here and so has no text.
  const start = JSON.stringify(makeEnvelope(head, undefined));
  return `${start.slice(0, -1)},"detail":${detailText}}`;
}

/** The members in the order of the service. */
export function makeEnvelope(head: EnvelopeHead, detail: unknown): Envelope {
  const { version, id, source, account, time, region, resources } = head;
  const { 'detail-type': type, 'replay-name': replay } = head;
  // Two literals, as a spread would cost more than all the rest.
  return replay === undefined
    ? { version, id, 'detail-type': type, source, account, time, region, resources, detail }
    : { version, id, 'detail-type': type, source, account, time, region, 'replay-name': replay, resources, detail };
}

/** The members of an envelope, in their order. */
export const envelopeMembers: readonly string[] = [
  'version',
  'id',
  'detail-type',
  'source',
  'account',
  'time',
  'region',
  'replay-name',
  'resources',
  'detail',
];
