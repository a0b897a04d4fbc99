import type { Anything } from '../base/unknown-value.js';
import type { Bridge } from '../bridge/bridge.js';
import { handleAwsJson, targetPrefix } from '../wire/json-protocol.js';
import { assertBridge } from './client-config.js';

interface Run {
  readonly request: Request;
  readonly requestId?: string;
}

/**
 * Returns request handlers for MSW.
 *
 * They respond to every request of EventBridge's protocol (POST, with an `x-amz-target` that begins with `AWSEvents.`), whatever
 * its region and endpoint, and ignore all others. The client is the program's own: it needs a region and credentials, and it retries
 * as configured. They work by structure with MSW 2 and 3 (except 2.6.0, which requires instances of its own classes), and in
 * browsers. They are typed loosely, because a class with protected members has no structural type.
 *
 * @param bridge - The bridge, from `createBridge` or `sharedBridge`.
 * @returns The handlers.
 * @throws {Error} when `bridge` is not a bridge.
 * @example
 * ```ts
 * const server = setupServer(...eventBridgeHandlers(bridge));
 * ```
 */
export function eventBridgeHandlers(bridge: Bridge): Anything[] {
  assertBridge(bridge, 'eventBridgeHandlers');
  return [requestHandler(bridge)];
}

function requestHandler(bridge: Bridge) {
  const handler = {
    // How MSW recognizes a handler of requests: from 2.13 on, and before.
    kind: 'request',
    __kind: 'RequestHandler',
    info: { header: 'POST EventBridge (footbridge)', method: 'POST', path: '*' },
    isUsed: false,
    parse: async () => ({}),
    predicate: ({ request }: Run) => targetOf(request) !== undefined,
    test: async (run: Run) => handler.predicate(run),
    run: async ({ request, requestId }: Run) => {
      const target = targetOf(request);
      if (target === undefined) return null;
      // A copy, because listeners of MSW's events may read the request as well.
      const { statusCode, headers, body } = await handleAwsJson(bridge, target, await request.clone().text());
      handler.isUsed = true;
      const response = new Response(body, { status: statusCode, headers });
      return { handler, request, requestId, response, parsedResult: {} };
    },
    log: () => {},
    reset: () => {},
    restore: () => {},
    dispose: () => {},
  };
  return handler;
}

function targetOf({ method, headers }: Request): string | undefined {
  const target = headers.get('x-amz-target') ?? '';
  return method === 'POST' && target.startsWith(targetPrefix) ? target : undefined;
}
