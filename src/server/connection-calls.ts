import { describeError } from '../base/describe.js';
import { invalid, isServiceError, type ServiceError } from '../base/service-error.js';
import type { Bridge } from '../bridge/bridge.js';
import { isPutEventsError } from '../bridge/put-events-error.js';
import { HttpRefusal } from './http-refusal.js';

type Members = Readonly<Record<string, unknown>>;

/**
 * What a connected process asks the bridge to do. An error that is no refusal of AWS's is an answer here, `failure`, so that
 * the process can throw it as the bridge did.
 */
export async function callVerb(bridge: Bridge, verb: string, input: Members, signal: AbortSignal): Promise<object> {
  try {
    switch (verb) {
      case 'publish':
        return { ids: await publish(bridge, input) };
      case 'wait-for':
        return { event: await waitFor(bridge, input, signal) };
      case 'idle':
        return await bridge.idle();
    }
  } catch (error) {
    if (signal.aborted && error === signal.reason) throw serverClosing();
    if (isPutEventsError(error)) return { ids: error.ids.map((id) => id ?? null), failures: error.failures };
    if (isServiceError(error)) throw error;
    return { failure: error instanceof Error ? error.message : describeError(error) };
  }
  throw new HttpRefusal(404, 'UnknownOperationException', `A connection has no ${verb.slice(0, 100)}.`);
}

/** What the request of a connected process is refused with that breaks the protocol. */
export function invalidCall(message: string): ServiceError {
  return invalid(`connections: ${message}.`);
}

export function serverClosing(): HttpRefusal {
  return new HttpRefusal(503, 'ServerClosingException', 'The server is closing.');
}

/** Throws what the bridge throws for what is no list. */
function publish(bridge: Bridge, { events }: Members): Promise<string[]> {
  return bridge.publish(events as []);
}

function waitFor(bridge: Bridge, { pattern, since, timeout }: Members, signal: AbortSignal): Promise<unknown> {
  return bridge.waitFor(pattern as string, { since: since as 'start', timeout: timeout as number, signal });
}
