import type { Anything } from '../base/unknown-value.js';
import type { Bridge } from '../bridge/bridge.js';
import { handleAwsJson, targetPrefix } from '../wire/json-protocol.js';
import { assertBridge } from './client-config.js';

interface Run {
  readonly request: Request;
  readonly requestId?: string;
}

/**
 * Request handlers for MSW: `setupServer(...eventBridgeHandlers(bridge))`, or `server.use(…)`. They answer every request
 * of EventBridge's protocol (POST, with an `x-amz-target` that begins with `AWSEvents.`), of every region, global
 * endpoint and custom endpoint, and pass by all else. The client is the program's own: it still wants a region and
 * credentials, and it retries what it holds to be worth it. Works by structure with MSW 2 and 3 (but not 2.6.0, which
 * asks for instances of its own classes), and in a browser too. Typed loosely, since a class with protected members has no
 * structural type. Throws an Error for what is no bridge.
 */
export function eventBridgeHandlers(bridge: Bridge): Anything[] {
  assertBridge(bridge, 'eventBridgeHandlers');
  return [requestHandler(bridge)];
}

function requestHandler(bridge: Bridge) {
  const handler = {
    // How MSW tells what a handler is for: from 2.13 on, and before.
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
      // A copy, because listeners of MSW's events may want to read the request as well.
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
