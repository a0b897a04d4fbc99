import { readFileSync } from 'node:fs';
import * as cloudWatchEvents from '@aws-sdk/client-cloudwatch-events';
import * as eventBridge from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { setupServer } from 'msw/node';
import { beforeAll, describe, expect, test } from 'vitest';
import { casesFor, runCase } from '../../checks/sdk-cases.js';
import { clients, engines, mockEngine, mswEngine } from '../../checks/sdk-engines.js';
import * as faces from '../../src/aws-sdk.js';
import { createBridge } from '../../src/index.js';
import { forbidNetwork } from './no-network.js';

const sdks = [
  { name: '@aws-sdk/client-eventbridge', sdk: eventBridge },
  { name: '@aws-sdk/client-cloudwatch-events', sdk: cloudWatchEvents },
] as const;
const all = [...engines, mockEngine({ mockClient }), mswEngine({ setupServer })];

const table = sdks.flatMap(({ name, sdk }) => {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { version: string };
  const world = { footbridge: { createBridge, ...faces }, sdk, names: clients[name] };
  return all.flatMap((engine) =>
    casesFor(engine, Number(version.split('.')[1]), name).map((one) => ({
      client: world.names.client,
      engine: engine.name,
      does: one.name,
      run: () => runCase(one, engine, world),
    })),
  );
});

describe('Code that uses a client of the AWS SDK', () => {
  beforeAll(forbidNetwork);

  test.each(table)('$does: $client by $engine', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
