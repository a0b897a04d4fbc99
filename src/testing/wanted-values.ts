import { isArray } from '../base/describe-value.js';
import { envelopeMembers } from '../events/envelope.js';
import { compareValues } from './compare-values.js';
import { cut } from './layout.js';
import { type Call, misuse } from './matcher.js';
import { describeLeaves } from './plain-values.js';
import type { Wanted } from './wanted.js';

/** What people write who have an entry of PutEvents or an event for `publish` before them. */
const otherNames: Readonly<Record<string, string>> = {
  detailType: 'detail-type',
  DetailType: 'detail-type',
  Source: 'source',
  Detail: 'detail',
  Time: 'time',
  Resources: 'resources',
};

const mostLines = 12;

/** Throws an Error, in words for whoever wrote the test, for what no event can be like. */
export function wantedValues(call: Call, values: unknown): Wanted {
  if (typeof values !== 'object' || values === null || isArray(values)) {
    throw misuse(call, 'This takes the members that the event must have, e.g. { source: "com.shop" }.');
  }
  const isMatcher = typeof (values as { asymmetricMatch?: unknown }).asymmetricMatch === 'function';
  const unknown = isMatcher ? undefined : Object.keys(values).find((name) => !envelopeMembers.includes(name));
  if (unknown !== undefined) {
    const meant = Object.hasOwn(otherNames, unknown) ? otherNames[unknown] : undefined;
    const instead =
      meant === undefined ? `It has ${envelopeMembers.slice(1, 4).join(', ')} and so on.` : `It is called ${meant}.`;
    throw misuse(call, `An event has no member ${JSON.stringify(cut(unknown, 40))}. ${instead}`);
  }
  const { equals } = call;
  return {
    label: 'values',
    description: isMatcher ? [] : describeLeaves(values, mostLines),
    fits: (event) => compareValues(event.envelope, values, equals).length === 0,
    mismatches: (event) => compareValues(event.envelope, values, equals),
    advice: ['source', 'detail-type'].some((name) => isArray((values as Record<string, unknown>)[name]))
      ? 'To compare with an event pattern use toHaveReceivedEvent(pattern).'
      : undefined,
  };
}
