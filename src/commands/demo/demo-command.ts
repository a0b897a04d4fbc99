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

/** `demo`: real requests through the real SDK client, answered, delivered, refused and explained. Answers 1 if one is not. */
export async function demoCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { words } = readCommandLine('demo', args, {});
  if (words.length > 0) throw new UsageError(`demo takes no arguments; ${words.length} given`);
  const bridge = createBridge();
  const { sdk, client } = await connect(io, bridge);
  const tell = new DemoPrinter(io);

  const calls: HandlerCall[] = [];
  const arn = `arn:aws:lambda:${bridge.region}:${bridge.account}:function:greeter`;
  bridge.handle<Envelope>('greeter', (event, context) => calls.push({ event, body: context.delivery.body }));
  await client.send(new sdk.PutRuleCommand({ Name: 'sample', EventPattern: JSON.stringify(samplePattern) }));
  await client.send(new sdk.PutTargetsCommand({ Rule: 'sample', Targets: [{ Id: '1', Arn: arn }] }));

  /** Sends a request; answers the response and what the function was called with. */
  const send = async (request: PutEventsCommandInput) => {
    tell.json('request', request);
    const { FailedEntryCount, Entries = [] } = await client.send(new sdk.PutEventsCommand(request));
    tell.json('response', { FailedEntryCount, Entries });
    await bridge.idle();
    return { failed: FailedEntryCount, entries: Entries, calls: calls.splice(0) };
  };

  tell.title(
    'Footbridge: Amazon EventBridge inside this process',
    'The real client of @aws-sdk/client-eventbridge talks to a bridge in memory.',
  );
  tell.json('rule sample, target function greeter', samplePattern);

  tell.chapter('The sample request of the PutEvents API reference');
  const sample = await send(sampleRequest);
  for (const { event } of sample.calls) tell.json('delivered to function greeter', event);
  tell.checks(
    ['both entries are accepted', sample.failed === 0 && sample.entries.length === 2],
    ['each event is delivered once, under the id of its answer', sameIds(sample.entries, sample.calls)],
    [
      'the envelope is what EventBridge delivers, key by key',
      sample.calls.length === 2 && sample.calls.every(isEnvelope),
    ],
  );

  tell.chapter('An entry refused beside a good one');
  const mixed = await send(partlyInvalidRequest);
  const [good, bad] = mixed.entries;
  tell.checks(
    ['the bad entry gets the error of the service', mixed.failed === 1 && bad?.ErrorCode === 'MalformedDetail'],
    ['the good one is delivered all the same', good !== undefined && sameIds([good], mixed.calls)],
  );

  tell.chapter('An event that matches nothing, and why');
  const unwanted = await send(unmatchedRequest);
  const event = bridge.history.events().at(-1);
  const explanation = event === undefined ? undefined : bridge.explain(event);
  tell.text('bridge.explain(event)', String(explanation));
  tell.checks(
    [
      'it is accepted and delivered to nobody, as the service would',
      unwanted.failed === 0 && unwanted.calls.length === 0,
    ],
    ['Footbridge says why', explanation?.routes[0]?.differences.length === 2],
  );

  await bridge.close();
  return tell.end();
}

async function connect(io: CommandIo, bridge: Bridge): Promise<ConnectedSdk> {
  try {
    return await io.connectSdk(bridge);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UsageError('the demonstration needs the AWS SDK: npm install @aws-sdk/client-eventbridge');
  }
}

function sameIds(
  entries: readonly { readonly EventId?: string | undefined }[],
  calls: readonly HandlerCall[],
): boolean {
  const delivered = calls.map(({ event }) => event.id);
  return entries.length === delivered.length && entries.every(({ EventId = '' }) => delivered.includes(EventId));
}

/** As recorded from the service: the order of the keys, and Detail's text without its white space. */
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

/** The sample request of the PutEvents page in Amazon's EventBridge API reference. */
export const sampleRequest = { Entries: [entry, entry] };

/** A request of which the second entry is refused: its Detail is not JSON. */
export const partlyInvalidRequest = { Entries: [short, { ...short, Detail: 'NotJSON' }] };

/** A request that is accepted and that the rule does not want: one letter is in another case, one value is another. */
export const unmatchedRequest = { Entries: [{ ...short, Detail: '{ "key1": "value3" }', DetailType: 'MyDetailType' }] };

/** What the rule of the demonstration wants. */
export const samplePattern = { 'detail-type': ['myDetailType'], detail: { key1: ['value1'] } };
