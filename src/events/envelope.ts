import type { Anything } from '../base/unknown-value.js';

/** An event as rules and targets see it, its members in the order recorded from the service. */
export interface Envelope<DetailType extends string = string, Detail = Anything> {
  /** Always `0`. */
  version: string;
  /** The EventId that PutEvents returned. */
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

/** The members of an envelope except `detail`. */
export type EnvelopeFields = Omit<Envelope, 'detail'>;

/** The compact JSON text of an envelope: what targets receive and patterns are matched against. */
export function envelopeText(fields: EnvelopeFields, detailText: string): string {
  // Without `detail`, which is undefined here and so has no text.
  const start = JSON.stringify(makeEnvelope(fields, undefined));
  return `${start.slice(0, -1)},"detail":${detailText}}`;
}

/** The members in the order of the service. */
export function makeEnvelope(fields: EnvelopeFields, detail: unknown): Envelope {
  const { version, id, source, account, time, region, resources } = fields;
  const { 'detail-type': type, 'replay-name': replay } = fields;
  // Two literals, as a spread would cost more than all the rest.
  return replay === undefined
    ? { version, id, 'detail-type': type, source, account, time, region, resources, detail }
    : { version, id, 'detail-type': type, source, account, time, region, 'replay-name': replay, resources, detail };
}

/** The names of the members of an envelope, in order. */
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

const rfc3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ]((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?)([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const minTime = -62_167_219_200;
const maxTime = 253_402_300_799;

/**
 * Epoch seconds of a Date, a number (epoch seconds already) or an RFC 3339 text; `undefined` for everything else and
 * for years that four digits cannot hold. A fraction stays.
 */
export function readTime(value: unknown): number | undefined {
  const seconds = typeof value === 'number' ? value : typeof value === 'string' ? parse(value) : secondsOf(value);
  return seconds !== undefined && seconds >= minTime && seconds < maxTime + 1 ? seconds : undefined;
}

/** `YYYY-MM-DDThh:mm:ssZ`: the service cuts what is below a second. */
export function formatTime(epochSeconds: number): string {
  return `${new Date(Math.floor(epochSeconds) * 1000).toISOString().slice(0, 19)}Z`;
}

function parse(text: string): number | undefined {
  const [, year, month, day, time, offset] = rfc3339.exec(text) ?? [];
  if (time === undefined || offset === undefined) return undefined;
  const midnight = new Date(`${year}-${month}-${day}T00:00:00Z`);
  // Date.parse takes 30 February for 1 March.
  if (Number.isNaN(midnight.getTime()) || midnight.getUTCDate() !== Number(day)) return undefined;
  return Date.parse(`${year}-${month}-${day}T${time}${offset.toUpperCase()}`) / 1000;
}

/** Never throws: an object that is not a Date, or a Proxy around one, has no time. */
function secondsOf(value: unknown): number | undefined {
  try {
    return Date.prototype.getTime.call(value) / 1000;
  } catch {
    return undefined;
  }
}
