import type { PutEventsCommandInput } from '@aws-sdk/client-eventbridge';
import type { Bridge } from '../../bridge/bridge.js';
import { createBridge } from '../../bridge/create-bridge.js';
import type { Envelope } from '../../events/envelope.js';
import { type CommandIo, type ConnectedSdk, type ExitCode, UsageError } from '../command-io.js';
import { readCommandLine } from '../command-line.js';
import { DemoPrinter } from './demo-printer.js';

interface HandlerCall {
  readonly event: Envelope;
  readonly body: string;
}

/** `demo`: sends requests through the AWS SDK's client and checks the results. Returns 1 if a check fails. */
export async function demoCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { words } = readCommandLine('demo', args, {});
  if (words.length > 0) throw new UsageError(`demo takes no arguments; ${words.length} given`);
  const bridge = createBridge();
  const { sdk, client } = await connect(io, bridge);
  const printer = new DemoPrinter(io);

  const calls: HandlerCall[] = [];
  const arn = `arn:aws:lambda:${bridge.region}:${bridge.account}:function:greeter`;
  bridge.handle<Envelope>('greeter', (event, context) => calls.push({ event, body: context.delivery.body }));
  await client.send(new sdk.PutRuleCommand({ Name: 'sample', EventPattern: JSON.stringify(samplePattern) }));
  await client.send(new sdk.PutTargetsCommand({ Rule: 'sample', Targets: [{ Id: '1', Arn: arn }] }));

  /** Sends a request and returns the response and the calls of the function. */
  const send = async (request: PutEventsCommandInput) => {
    printer.json('request', request);
    const { FailedEntryCount, Entries = [] } = await client.send(new sdk.PutEventsCommand(request));
    printer.json('response', { FailedEntryCount, Entries });
    await bridge.idle();
    return { failed: FailedEntryCount, entries: Entries, calls: calls.splice(0) };
  };

  printer.title(
    'Footbridge: Amazon EventBridge inside this process',
    'A client of @aws-sdk/client-eventbridge sends requests to a bridge in memory.',
  );
  printer.json('rule sample, target function greeter', samplePattern);

  printer.section('The sample request of the PutEvents API reference');
  const sample = await send(sampleRequest);
  for (const { event } of sample.calls) printer.json('delivered to function greeter', event);
  printer.checks(
    ['both entries are accepted', sample.failed === 0 && sample.entries.length === 2],
    ['each event is delivered once, with the id of the response', sameIds(sample.entries, sample.calls)],
    [
      'the envelope is what EventBridge delivers, key by key',
      sample.calls.length === 2 && sample.calls.every(isEnvelope),
    ],
  );

  printer.section('A rejected entry beside a valid one');
  const mixed = await send(partlyInvalidRequest);
  const [valid, invalid] = mixed.entries;
  printer.checks(
    ['the invalid entry gets the error of the service', mixed.failed === 1 && invalid?.ErrorCode === 'MalformedDetail'],
    ['the valid one is delivered all the same', valid !== undefined && sameIds([valid], mixed.calls)],
  );

  printer.section('An event that matches no rule, and why');
  const unmatched = await send(unmatchedRequest);
  const event = bridge.history.events().at(-1);
  const explanation = event === undefined ? undefined : bridge.explain(event);
  printer.text('bridge.explain(event)', String(explanation));
  printer.checks(
    ['it is accepted and not delivered, as on AWS', unmatched.failed === 0 && unmatched.calls.length === 0],
    ['Footbridge says why', explanation?.routes[0]?.differences.length === 2],
  );

  await bridge.close();
  return printer.end();
}

async function connect(io: CommandIo, bridge: Bridge): Promise<ConnectedSdk> {
  try {
    return await io.connectSdk(bridge);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UsageError('the demo needs the AWS SDK: npm install @aws-sdk/client-eventbridge');
  }
}

function sameIds(
  entries: readonly { readonly EventId?: string | undefined }[],
  calls: readonly HandlerCall[],
): boolean {
  const delivered = calls.map(({ event }) => event.id);
  return entries.length === delivered.length && entries.every(({ EventId = '' }) => delivered.includes(EventId));
}

/** As recorded from the service: the order of the keys, and the text of Detail without white space. */
function isEnvelope({ event, body }: HandlerCall): boolean {
  const keys = 'version,id,detail-type,source,account,time,region,resources,detail';
  return Object.keys(event).join() === keys && body.endsWith('"detail":{"key1":"value1","key2":"value2"}}');
}

const short = {
  Source: 'com.mycompany.myapp',
  DetailType: 'myDetailType',
  Detail: '{ "key1": "value1", "key2": "value2" }',
};
const entry = { ...short, Resources: ['resource1', 'resource2'] };

/** The sample request of PutEvents in the EventBridge API reference. */
export const sampleRequest = { Entries: [entry, entry] };

/** The second entry is rejected: its Detail is not JSON. */
export const partlyInvalidRequest = { Entries: [short, { ...short, Detail: 'NotJSON' }] };

/** The entry is accepted but does not match: one letter is in another case, and one value differs. */
export const unmatchedRequest = { Entries: [{ ...short, Detail: '{ "key1": "value3" }', DetailType: 'MyDetailType' }] };

/** The pattern of the demo's rule. */
export const samplePattern = { 'detail-type': ['myDetailType'], detail: { key1: ['value1'] } };
