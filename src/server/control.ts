import { invalid, ServiceError } from '../base/service-error.js';
import { describeValue } from '../base/unknown-value.js';
import type { Bridge } from '../bridge/bridge.js';
import type { Envelope } from '../events/envelope.js';
import type { PartialEnvelope } from '../events/partial-envelope.js';
import type { ClientSessions } from './client-sessions.js';
import type { EventFeed } from './event-feed.js';
import { eventStream, eventsResponse, readFeedQuery } from './events-resource.js';
import { HttpError, type HttpRequest, type HttpResponse, jsonResponse } from './http-message.js';
import { parseBody } from './read-body.js';

/** What the resources below `/_footbridge/` work with. */
export interface ControlContext {
  readonly bridge: Bridge;
  readonly feed: EventFeed;
  readonly connections: ClientSessions;
  /** Reads the body, once. */
  readBody(): Promise<string>;
  /** Aborts when the server closes, or nobody waits for the answer any more; to be aborted when a stream has ended. */
  readonly ending: AbortController;
}

interface Resource {
  readonly methods: readonly string[];
  /** Whether a page must have been named to use it. */
  readonly changes: boolean;
  readonly says: string;
  answer(context: ControlContext, request: HttpRequest): Promise<HttpResponse> | HttpResponse;
}

const resources: Readonly<Record<string, Resource>> = {
  health: {
    methods: ['GET', 'HEAD'],
    changes: false,
    says: 'whether the bridge answers, with its account and region',
    answer: async ({ bridge }) => {
      // Refused once the bridge is closed.
      await bridge.describeEventBus();
      return jsonResponse(200, JSON.stringify({ status: 'ok', account: bridge.account, region: bridge.region }));
    },
  },
  events: {
    methods: ['GET', 'POST'],
    changes: false,
    says: 'what was accepted, delivered and so on: ?pattern=…&wait=2, as JSON or as server-sent events',
    answer: async (context, request) => {
      const query = readFeedQuery(await readInput(context, request));
      if (context.feed.isOff) {
        throw invalid('events: the bridge keeps no history, as its options say.');
      }
      const asked = request.header('accept') ?? '';
      if (!asked.includes('text/event-stream')) return eventsResponse(context.feed, query, context.ending.signal);
      const after = request.header('last-event-id') ?? query.after;
      return eventStream(context.feed, { ...query, after }, context.ending);
    },
  },
  explain: {
    methods: ['GET', 'POST'],
    changes: false,
    says: 'why an event reaches what it reaches: ?eventId=…, or {"event":{…},"bus":"…"}',
    answer: async (context, request) => explainResponse(context, await readInput(context, request)),
  },
  reset: {
    methods: ['POST'],
    changes: true,
    says: 'makes the bridge as new; connected processes stay connected',
    answer: ({ bridge }) => {
      bridge.reset();
      return jsonResponse(200, '{}');
    },
  },
  connections: {
    methods: ['POST'],
    changes: true,
    says: 'what connectBridge uses',
    answer: async (context) => context.connections.open(parseBody(await context.readBody()), context.ending),
  },
};

/** Answers a request for what stands behind `/_footbridge/`. Throws what refusals are made of. */
export async function handleControl(
  context: ControlContext,
  request: HttpRequest,
  path: string,
  mayChange: boolean,
): Promise<HttpResponse> {
  const [name = '', ...rest] = path.split('/');
  if (path === '') return jsonResponse(200, JSON.stringify(index()));
  const resource = Object.hasOwn(resources, name) ? resources[name] : undefined;
  if (resource === undefined || (rest.length > 0 && name !== 'connections')) {
    const known = Object.keys(resources).join(', ');
    throw new HttpError(
      404,
      'UnknownOperationException',
      `There is no /_footbridge/${path.slice(0, 100)}; there are ${known}.`,
    );
  }
  if (!resource.methods.includes(request.method)) throw wrongMethod(request.method, resource.methods);
  if (resource.changes && !mayChange) {
    throw new HttpError(
      403,
      'AccessDeniedException',
      `A page may use /_footbridge/${name} only if the option origins names its origin.`,
    );
  }
  const [connection, verb] = rest;
  if (connection === undefined) return resource.answer(context, request);
  const input = parseBody(await context.readBody());
  return context.connections.answer(connection, verb ?? '', input, context.ending.signal);
}

export function wrongMethod(method: string, allowed: readonly string[]): HttpError {
  return new HttpError(
    405,
    'UnknownOperationException',
    `The method here is ${allowed.join(' or ')}, not ${method.slice(0, 40)}.`,
    { allow: [...allowed, 'OPTIONS'].join(', ') },
  );
}

/** A body says it all; without one the query does. */
async function readInput({ readBody }: ControlContext, { method, query }: HttpRequest): Promise<unknown> {
  const body = method === 'POST' ? parseBody(await readBody()) : undefined;
  return body ?? Object.fromEntries(query);
}

function index(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(resources).map(([name, { methods, says }]) => [name, `${methods.join(', ')}: ${says}`]),
  );
}

function explainResponse({ bridge, feed }: ControlContext, input: unknown): HttpResponse {
  const { event, eventId, bus } = (input ?? {}) as { event?: unknown; eventId?: unknown; bus?: unknown };
  const known = eventId === undefined ? undefined : findEvent(feed, eventId);
  const place = bus === undefined ? undefined : { bus: bus as string };
  const explanation = bridge.explain(known ?? (event as PartialEnvelope), place);
  return jsonResponse(200, JSON.stringify({ ...explanation, text: explanation.toString() }));
}

function findEvent({ history }: EventFeed, id: unknown): Envelope {
  const event = history.accepted().find((accepted) => accepted.id === id);
  if (event !== undefined) return event.envelope;
  const shown = typeof id === 'string' ? id.slice(0, 100) : describeValue(id);
  throw new ServiceError('ResourceNotFoundException', `Event ${shown} is not in the history.`);
}
