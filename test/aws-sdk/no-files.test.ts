import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { clientConfig, retarget } from '../../src/aws-sdk.js';
import { createBridge } from '../../src/index.js';
import { forbidNetwork } from './no-network.js';

// Before the SDK is loaded, which takes readFile along.
const read = vi.spyOn(fs.promises, 'readFile');
syncBuiltinESMExports();
const { EventBridgeClient, ListRulesCommand } = await import('@aws-sdk/client-eventbridge');

const filesRead = () => read.mock.calls.map(([path]) => String(path)).filter((path) => path.includes('.aws'));

describe('The files in ~/.aws', () => {
  beforeAll(forbidNetwork);

  test('are not read for a client that ends in a bridge', async () => {
    await new EventBridgeClient(clientConfig(createBridge())).send(new ListRulesCommand({}));
    const requestHandler = { handle: () => Promise.reject(new Error('no bridge')) };
    const own = new EventBridgeClient({ requestHandler: requestHandler as never });
    const handle = retarget(EventBridgeClient, createBridge());
    await own.send(new ListRulesCommand({}));
    handle.dispose();
    expect(filesRead()).toEqual([]);
    // Which would be seen: a client in production reads them when it is built.
    const { retryMode } = new EventBridgeClient({ region: 'us-east-1' }).config;
    await (retryMode as () => Promise<string>)();
    expect(filesRead()).not.toEqual([]);
  });
});
