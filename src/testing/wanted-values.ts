import { isArray } from '../base/unknown-value.js';
import { envelopeMembers } from '../events/envelope.js';
import { compareValues } from './compare-values.js';
import { describeUnknownMember } from './event-members.js';
import { describeForeign } from './foreign-value.js';
import { paragraph } from './layout.js';
import { type Call, misuse } from './matcher.js';
import { describeLeaves } from './plain-values.js';
import type { Wanted } from './wanted.js';

const mostLines = 12;

/** Throws an Error, in words for whoever wrote the test, for what no event can be like. */
export function wantedValues(call: Call, values: unknown): Wanted {
  if (typeof values !== 'object' || values === null || isArray(values)) {
    throw misuse(call, 'This takes the members that the event must have, e.g. { source: "com.shop" }.');
  }
  const isMatcher = typeof (values as { asymmetricMatch?: unknown }).asymmetricMatch === 'function';
  const unknown = isMatcher ? undefined : Object.keys(values).find((name) => !envelopeMembers.includes(name));
  if (unknown !== undefined) throw misuse(call, describeUnknownMember(unknown));
  const mistake = mistakeIn(values as Readonly<Record<string, unknown>>);
  if (mistake !== undefined) throw misuse(call, paragraph(mistake));
  const { equals } = call;
  return {
    label: 'values',
    description: isMatcher ? [] : describeLeaves(values, mostLines),
    fits: (event) => compareValues(event.envelope, values, equals).length === 0,
    mismatches: (event) => compareValues(event.envelope, values, equals),
  };
}

/** What no event equals, whatever it is: `.not` would always hold of it. */
function mistakeIn(values: { readonly [name: string]: unknown; readonly detail?: unknown }): string | undefined {
  const list = ['source', 'detail-type'].find((name) => isArray(values[name]));
  if (list !== undefined) {
    return `${list} is an array, as in an event pattern. To compare with a pattern use toHaveReceivedEvent(pattern).`;
  }
  if (typeof values.detail === 'string')
    return 'detail is a text, but that of an event is an object: `{ detail: { … } }`.';
  return describeForeign(values);
}
