import { describe, expect, test } from 'vitest';
import { lambdaEndpoint } from '../../src/commands/serve/lambda-endpoint.js';
import { lambda, order, world } from '../delivery/world.js';
import { type Answered, type Asked, listening } from './answering.js';

/** A delivery to the function `bill` behind an endpoint, tried once, and what came of it. */
async function deliver(url: string, Arn = lambda) {
  const { bridge, clock } = await world({ Arn, RetryPolicy: { MaximumRetryAttempts: 1 } });
  bridge.handle('*', lambdaEndpoint(url));
  await bridge.publish(order);
  await bridge.idle();
  return { bridge, clock, records: bridge.history.records().filter(({ kind }) => !/accepted|matched/.test(kind)) };
}

async function answered(...answers: readonly Answered[]) {
  const asked: Asked[] = [];
  const { url } = await listening((question) => answers[asked.push(question) - 1] ?? { status: 202 });
  return { asked, ...(await deliver(url)) };
}

describe('--lambda-endpoint', () => {
  test('An Invoke endpoint gets what the target receives, and is invoked asynchronously', async () => {
    const { asked, records, bridge } = await answered({ status: 202 });
    expect(records).toMatchObject([{ kind: 'delivered', arn: lambda }]);
    expect(asked).toMatchObject([
      {
        path: '/2015-03-31/functions/bill/invocations',
        headers: { 'x-amz-invocation-type': 'Event', 'content-type': 'application/json' },
      },
    ]);
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual(bridge.history.events()[0]);
  });

  test.each<[number, string, 'retrying' | 'failed']>([
    [301, 'SDK_CLIENT_ERROR', 'failed'],
    [400, 'SDK_CLIENT_ERROR', 'failed'],
    [401, 'NO_PERMISSIONS', 'failed'],
    [403, 'NO_PERMISSIONS', 'failed'],
    [404, 'NO_RESOURCE', 'failed'],
    [408, 'TIMEOUT', 'retrying'],
    [429, 'THROTTLING', 'retrying'],
    [500, 'ERROR_FROM_TARGET', 'retrying'],
    [502, 'ERROR_FROM_TARGET', 'retrying'],
    [504, 'TIMEOUT', 'retrying'],
  ])('An Invoke endpoint that answers %i makes the attempt fail with %s', async (status, errorCode, kind) => {
    const body = JSON.stringify({ __type: 'SomeException', message: 'Not so.' });
    const { records } = await answered({ status, body });
    const errorMessage = `The endpoint returned ${status} SomeException: Not so.`;
    expect(records).toMatchObject([{ kind, errorCode, errorMessage }]);
  });

  test('An Invoke endpoint may name its error in a header, as Lambda does', async () => {
    const headers = { 'x-amzn-errortype': 'ResourceNotFoundException:' };
    const { records } = await answered({ status: 404, headers, body: '{"Type":"User","Message":"No function."}' });
    expect(records).toMatchObject([
      { errorMessage: 'The endpoint returned 404 ResourceNotFoundException: No function.' },
    ]);
  });

  test('An Invoke endpoint without an error message is reported by its status', async () => {
    const { records } = await answered({ status: 500, body: '<html>' });
    expect(records).toMatchObject([{ errorMessage: 'The endpoint returned status 500 <html>' }]);
  });

  test('An Invoke endpoint that answers with a function error has invoked the function, and is invoked again after a minute', async () => {
    const thrown = '{"errorType":"CardDeclined","errorMessage":"no money","stackTrace":[]}';
    const headers = { 'x-amz-function-error': 'Unhandled' };
    const { records, clock, bridge, asked } = await answered({ status: 200, headers, body: thrown });
    expect(records.map(({ kind }) => kind)).toEqual(['delivered', 'retrying']);
    expect(records[1]).toMatchObject({ errorMessage: 'CardDeclined: no money' });
    await bridge.drain();
    expect([clock.now() - Date.UTC(2026, 0, 1), asked.length]).toEqual([60_000, 2]);
  });

  test('An Invoke endpoint without asynchronous invocation is invoked synchronously from then on', async () => {
    const { asked, bridge } = await answered({ status: 501 }, { status: 200 }, { status: 200 });
    await bridge.publish(order);
    expect(await bridge.idle()).toMatchObject({ delivered: 2, failed: 0 });
    expect(asked.map(({ headers }) => headers['x-amz-invocation-type'])).toEqual([
      'Event',
      'RequestResponse',
      'RequestResponse',
    ]);
  });

  test('An Invoke endpoint that cannot be reached is retried', async () => {
    const { records } = await deliver('http://127.0.0.1:9');
    expect(records).toMatchObject([{ kind: 'retrying', errorCode: 'CONNECTION_FAILURE' }]);
  });

  test('An Invoke endpoint is asked for the version or alias that the target names', async () => {
    const paths: string[] = [];
    const { url } = await listening(({ path }) => {
      paths.push(path);
      return { status: 202 };
    });
    await deliver(url, `${lambda}:live`);
    expect(paths).toEqual(['/2015-03-31/functions/bill/invocations?Qualifier=live']);
  });

  test('An Invoke endpoint is cancelled at its timeout, and is retried', async () => {
    const { url } = await listening(() => new Promise(() => {}));
    const { bridge, clock } = await world({ Arn: lambda });
    bridge.handle('*', lambdaEndpoint(url), { timeout: '5m' });
    await bridge.publish(order);
    await clock.advance('5m');
    expect(bridge.history.records().at(-1)).toMatchObject({ kind: 'retrying', errorCode: 'TIMEOUT' });
    bridge.reset();
  });
});
