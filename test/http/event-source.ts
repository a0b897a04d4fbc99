import { onTestFinished } from 'vitest';

/** One server-sent event; `data` is parsed. */
export interface SentEvent {
  readonly id: string;
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: it is what the server says it is.
  readonly data: any;
}

/** Reads server-sent events one by one, until the test ends. */
export async function openEvents(url: string, headers: Record<string, string> = {}) {
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const response = await fetch(url, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: controller.signal,
  });
  if (response.body === null || !response.headers.get('content-type')?.startsWith('text/event-stream')) {
    throw new Error(`The answer is no stream of events, but ${response.status} ${await response.text()}`);
  }
  const frames = readFrames(response.body);
  return {
    next: async (): Promise<SentEvent> => {
      const { value, done } = await frames.next();
      if (done) throw new Error('The stream has ended.');
      return value;
    },
    close: () => controller.abort(),
  };
}

async function* readFrames(stream: ReadableStream<Uint8Array>): AsyncGenerator<SentEvent, undefined> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of stream) {
    text += decoder.decode(part, { stream: true });
    const frames = text.split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) {
      const fields = Object.fromEntries(frame.split('\n').map((line) => line.split(/: ?(.*)/s)));
      if (fields.data !== undefined) yield { id: fields.id, event: fields.event, data: JSON.parse(fields.data) };
    }
  }
  return undefined;
}
