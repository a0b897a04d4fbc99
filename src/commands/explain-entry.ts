import type { PutEventsRequestEntry } from '../events/entry.js';
import { askServer, readRefusal } from './ask-server.js';
import { plainText } from './plain-text.js';
import { indent } from './show-json.js';
import { UnusableInput } from './unusable-input.js';

const margin = 4;

/** Throws an UnusableInput for a server that explains nothing, before anything is put there. */
export async function expectExplanations(endpoint: string): Promise<void> {
  const example = { event: { source: 'footbridge', 'detail-type': 'footbridge' } };
  if (typeof (await ask(endpoint, example)).text === 'string') return;
  throw new UnusableInput(`${endpoint} explains nothing: --explain needs a server that footbridge runs`);
}

/** Why an entry that was put reaches what it reaches, as indented lines. */
export async function explainEntry(
  endpoint: string,
  { Source, DetailType, Detail = '{}', Resources, EventBusName }: PutEventsRequestEntry,
  eventId: string,
): Promise<string> {
  // By its id the server finds what it has accepted; what a bus that does not exist was sent it takes from here.
  const event = {
    id: eventId,
    source: Source,
    'detail-type': DetailType,
    detail: JSON.parse(Detail),
    resources: Resources,
  };
  const { text, refusal } = await ask(endpoint, { event, bus: EventBusName });
  const lines = (text ?? refusal ?? '').split('\n').map(plainText);
  return `${indent(lines.join('\n'), margin)}\n`;
}

async function ask(endpoint: string, question: object): Promise<{ readonly text?: string; readonly refusal?: string }> {
  const response = await askServer({ url: `${endpoint}/_footbridge/explain`, body: JSON.stringify(question) });
  const answer = await response.text();
  if (!response.ok) return { refusal: readRefusal(response.status, answer).message };
  try {
    const { text } = JSON.parse(answer) as { text?: unknown };
    return typeof text === 'string' ? { text } : {};
  } catch {
    return {};
  }
}
