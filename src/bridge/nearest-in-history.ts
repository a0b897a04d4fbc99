import type { BusEvent } from '../events/bus-event.js';
import type { EventHistory } from '../history/history.js';
import { explainPattern } from '../patterns/explain/explain-pattern.js';

const maxExplained = 1000;
const maxShown = 3;

/** What was accepted instead, and why each of the nearest differs. */
export function describeNearestInHistory(history: EventHistory, pattern: string | object): string {
  const accepted = history.accepted();
  const rejected = history.rejected();
  const counts = `${accepted.length} accepted, ${rejected.length} rejected, ${history.dropped().length} dropped`;
  const nearest = accepted
    .slice(-maxExplained)
    .map((event) => ({ event, explanation: explainPattern(pattern, event.text) }))
    .sort((a, b) => a.explanation.differences.length - b.explanation.differences.length)
    .slice(0, maxShown);
  const lines = nearest.flatMap(({ event, explanation }) => [
    `  ${eventLabel(event)}`,
    ...explanation
      .toString()
      .split('\n')
      .map((line) => `    ${line}`),
  ]);
  const refused = rejected.slice(-maxShown).map(({ index, errorCode, errorMessage }) => {
    return `  entry ${index} was rejected: ${errorCode}: ${errorMessage}`;
  });
  return [`On record: ${counts}.`, ...(lines.length > 0 ? ['Nearest events:', ...lines] : []), ...refused].join('\n');
}

function eventLabel({ bus, fields }: BusEvent): string {
  return `${JSON.stringify(fields['detail-type'])} from ${fields.source} on bus ${bus}, id ${fields.id}`;
}
