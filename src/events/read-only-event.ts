import type { BusEvent } from './bus-event.js';

const readOnlyName = /^(?:Get|List|Describe)/;
/** Read-only by their names, but change events to AWS: documented. */
const changesOfSts: ReadonlySet<unknown> = new Set(['GetFederationToken', 'GetSessionToken']);

/**
 * Whether an event is a read-only management event that CloudTrail delivers. By AWS's documentation it is the name of the call that
 * counts, with two exceptions of STS; read-only calls of other names are delivered like changes. Data events are not management events.
 */
export function isReadOnlyManagementEvent(event: BusEvent): boolean {
  const { source, 'detail-type': detailType } = event.fields;
  if (detailType !== 'AWS API Call via CloudTrail' || !source.startsWith('aws.')) return false;
  const { eventName, managementEvent, eventCategory } = event.envelope.detail as Record<string, unknown>;
  if (managementEvent === false || (eventCategory !== undefined && eventCategory !== 'Management')) return false;
  if (typeof eventName !== 'string' || !readOnlyName.test(eventName)) return false;
  return source !== 'aws.sts' || !changesOfSts.has(eventName);
}
