import { startTimer } from '../base/clock/real-timers.js';
import { onAbort } from '../base/disposable.js';
import { describeNearestInHistory } from '../bridge/nearest-in-history.js';
import type { EventFeed, FeedEntry, FeedPage } from './event-feed.js';
import type { FeedQuery } from './feed-query.js';
import type { HttpAnswer } from './http-exchange.js';
import { jsonAnswer } from './http-refusal.js';
import { streamAnswer } from './stream-answer.js';

const longestSilence = 15_000;
const entriesPerChunk = 100;

/**
 * `{"events":[…],"next":"…","gap":false}`, as soon as there are `count`, or when the time is over. If there are none then,
 * `why` says what was nearest.
 */
export async function eventsAnswer(feed: EventFeed, query: FeedQuery, signal: AbortSignal): Promise<HttpAnswer> {
  const { filter, limit, pattern } = query;
  const enough = Math.min(query.count, limit);
  const from = startOf(feed, query);
  const over = new AbortController();
  const end = () => over.abort();
  const entries: FeedEntry[] = [];
  let place = from;
  const look = () => {
    const page = feed.read(place, filter, limit - entries.length);
    entries.push(...page.entries);
    place = page.next;
  };
  const stopTimer = startTimer(query.wait, end);
  const stopListening = onAbort(signal, end);
  look();
  while (entries.length < enough && query.wait > 0 && !over.signal.aborted) {
    await feed.change(filter.kinds, Number.POSITIVE_INFINITY, over.signal);
    look();
  }
  stopTimer();
  stopListening();
  const isInVain = entries.length === 0 && query.wait > 0 && pattern !== undefined;
  const why = isInVain ? describeNearestInHistory(feed.history, pattern) : undefined;
  const rest = JSON.stringify({ next: feed.cursor(place), gap: feed.hasGap(from), why });
  return jsonAnswer(200, `{"events":[${entries.map(({ text }) => text).join(',')}],${rest.slice(1)}`);
}

/**
 * The same as server-sent events, without end: `id` is the cursor, `event` the kind, `data` the record. An event `gap` says
 * that the history had to forget something before this reader came for it. Nothing is held for a slow reader: he gets what
 * the history has when he comes.
 */
export function eventStream(feed: EventFeed, query: FeedQuery, ending: AbortController): HttpAnswer {
  let place = startOf(feed, query);
  let isFirst = true;
  const next = async (): Promise<string> => {
    if (isFirst) {
      isFirst = false;
      // So that the reader knows at once that he is connected.
      return ': footbridge\n\n';
    }
    const gap = feed.hasGap(place) ? `event: gap\ndata: {}\n\n` : '';
    let page = feed.read(place, query.filter, entriesPerChunk);
    if (gap === '' && page.entries.length === 0) {
      await feed.change(query.filter.kinds, longestSilence, ending.signal);
      page = feed.read(place, query.filter, entriesPerChunk);
    }
    place = page.next;
    return gap + (page.entries.length === 0 ? ':\n\n' : frames(page));
  };
  return streamAnswer('text/event-stream', next, ending);
}

function frames({ entries }: FeedPage): string {
  return entries.map(({ cursor, kind, text }) => `id: ${cursor}\nevent: ${kind}\ndata: ${text}\n\n`).join('');
}

function startOf(feed: EventFeed, { after, since }: FeedQuery): number {
  return after === undefined && since === 'now' ? feed.end : feed.placeAfter(after);
}
