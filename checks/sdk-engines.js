// The ways in which code that uses an AWS SDK v3 client reaches a bridge. Each connects to one and answers how to call an
// operation by its name and how to end. `lacks` names what it has not, in the words of sdk-cases.js.

/** Packages with a client for EventBridge, and the names of its classes. */
export const clients = {
  '@aws-sdk/client-eventbridge': { client: 'EventBridgeClient', aggregated: 'EventBridge' },
  '@aws-sdk/client-cloudwatch-events': { client: 'CloudWatchEventsClient', aggregated: 'CloudWatchEvents' },
};

export const engines = [
  {
    name: 'clientConfig',
    lacks: [],
    connect({ footbridge, sdk, names, bridge }) {
      const client = new sdk[names.client](footbridge.clientConfig(bridge));
      return { call: sender(sdk, client), close() {} };
    },
  },
  {
    name: 'aggregated client',
    lacks: [],
    connect({ footbridge, sdk, names, bridge }) {
      const client = new sdk[names.aggregated](footbridge.clientConfig(bridge));
      const methodOf = (operation) => operation[0].toLowerCase() + operation.slice(1);
      return { call: async (operation, input, options) => client[methodOf(operation)](input, options), close() {} };
    },
  },
  {
    name: 'retarget',
    lacks: ['retries'],
    connect({ footbridge, sdk, names, bridge }) {
      const handle = footbridge.retarget(sdk[names.client], bridge);
      const unreachable = { handle: () => Promise.reject(new Error('This is no bridge.')) };
      // Or older SDKs read files when the client is built.
      const defaultUserAgentProvider = async () => [['order-service', '1']];
      const own = { requestHandler: unreachable, maxAttempts: 5, defaultUserAgentProvider };
      const client = new sdk[names.client](own);
      return { call: sender(sdk, client), close: () => handle.dispose() };
    },
  },
  {
    name: 'retarget, client built before',
    // As in production, where the SDK reads files when a client is built.
    readsFiles: true,
    lacks: ['retries'],
    connect({ footbridge, sdk, names, bridge }) {
      const client = new sdk[names.client]({});
      const handle = footbridge.retarget(sdk[names.client], bridge);
      return { call: sender(sdk, client), close: () => handle.dispose() };
    },
  },
  {
    name: 'retarget, aggregated client',
    readsFiles: true,
    lacks: ['retries'],
    connect({ footbridge, sdk, names, bridge }) {
      const handle = footbridge.retarget(sdk[names.client], bridge);
      const client = new sdk[names.aggregated]({ endpoint: 'http://localhost:4566' });
      return { call: sender(sdk, client), close: () => handle.dispose() };
    },
  },
];

/** With `mockClient` of aws-sdk-client-mock, which runs no step of the client. */
export function mockEngine({ mockClient }) {
  return {
    name: 'aws-sdk-client-mock',
    readsFiles: true,
    lacks: ['abort', 'retries'],
    connect({ footbridge, sdk, names, bridge }) {
      const mock = mockClient(sdk[names.client]);
      const operations = Object.keys(sdk).flatMap((name) => (/^([A-Z]\w+)Command$/.exec(name) ?? []).slice(1));
      for (const operation of operations) {
        mock.on(sdk[`${operation}Command`]).callsFake(footbridge.mockResponder(bridge, operation));
      }
      return { call: sender(sdk, new sdk[names.client]({})), close: () => mock.restore() };
    },
  };
}

/** With `setupServer` of MSW. The client is as in production, and signs, so a global endpoint needs more packages. */
export function mswEngine({ setupServer }, version = '') {
  return {
    name: `MSW ${version}`.trim(),
    readsFiles: true,
    lacks: ['one attempt', 'global endpoints'],
    connect({ footbridge, sdk, names, bridge }) {
      const server = setupServer(...footbridge.eventBridgeHandlers(bridge));
      server.listen();
      const credentials = { accessKeyId: 'production', secretAccessKey: 'production' };
      const client = new sdk[names.client]({ region: 'eu-west-1', credentials });
      return {
        call: sender(sdk, client),
        close() {
          client.destroy();
          server.close();
        },
      };
    },
  };
}

function sender(sdk, client) {
  return async (operation, input, options) => client.send(new sdk[`${operation}Command`](input), options);
}
