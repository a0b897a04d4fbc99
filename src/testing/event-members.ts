import { envelopeMembers } from '../events/envelope.js';
import { cut } from './layout.js';

/** What people write who have an entry of PutEvents or an event for `publish` before them. */
const otherNames: Readonly<Record<string, string>> = {
  detailType: 'detail-type',
  DetailType: 'detail-type',
  Source: 'source',
  Detail: 'detail',
  Time: 'time',
  Resources: 'resources',
};

/** A sentence about a member that no event has: what it is called, or which there are. */
export function describeUnknownMember(name: string): string {
  const meant = Object.hasOwn(otherNames, name) ? otherNames[name] : undefined;
  const instead =
    meant === undefined ? `It has ${envelopeMembers.slice(1, 4).join(', ')} and so on.` : `It is called ${meant}.`;
  return `An event has no member ${JSON.stringify(cut(name, 40))}. ${instead}`;
}

/** Whether the name is that of a member in another spelling. */
export function isMisspelt(name: string): boolean {
  return Object.hasOwn(otherNames, name);
}
