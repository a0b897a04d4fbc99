import { utf8Encoder } from '../../base/utf8.js';
import {
  describeNode,
  getMember,
  intrinsicCall,
  type Member,
  map,
  scalar,
  type TemplateNode,
} from '../document/template-node.js';
import { type SourceLocation, TemplateProblemError } from '../document/template-problem.js';
import {
  addRule,
  filledText,
  normalized,
  objectOf,
  type ServerlessFunction,
  type ServerlessService,
} from './serverless-rule.js';

/** The rule of an `eventBridge` event, which is the `index`th event of its function, counted from 1. */
export function addEventBridge(context: ServerlessService, of: ServerlessFunction, event: Member, index: number): void {
  const { location, value } = event;
  if (value.kind !== 'map')
    throw new TemplateProblemError(location, `eventBridge must be an object, but is ${describeNode(value)}`);
  const own = (name: string) => getMember(value, name);
  const suffix = `rule-${index}`;
  const generatedName = `${of.name}-${suffix}`;
  const name = filledText(context.resolveVariables, own('name')) ?? shortened(generatedName, suffix);
  const id = `${generatedName.charAt(0).toUpperCase()}${generatedName.slice(1)}`.replace(/[^0-9A-Za-z]/g, '');
  const retry = objectOf(value, 'retryPolicy');
  const queue = own('deadLetterQueueArn');
  addRule(context, {
    logicalId: `${id}EventBridgeRule`,
    of,
    event,
    names: [name],
    properties: {
      Name: scalar(location, name),
      EventBusName: busOf(context, own('eventBus')),
      EventPattern: own('pattern'),
      ScheduleExpression: own('schedule'),
    },
    targetId: shortened(`${name}-target`, 'target'),
    target: {
      RetryPolicy:
        retry &&
        map(retry.location, {
          MaximumEventAgeInSeconds: getMember(retry, 'maximumEventAge'),
          MaximumRetryAttempts: getMember(retry, 'maximumRetryAttempts'),
        }),
      DeadLetterConfig: queue && map(location, { Arn: queue }),
    },
  });
}

/** The Serverless Framework creates a bus that is named by a string; a reference is to an existing one. */
function busOf(context: ServerlessService, bus: TemplateNode | undefined): TemplateNode | undefined {
  if (bus?.kind !== 'scalar' || typeof bus.value !== 'string' || bus.value === 'default') return bus;
  const { location, value: name } = bus;
  // As serverless 3.40.0 does for every account and region.
  if (name.startsWith('arn:')) return subText(location, name.slice(name.indexOf('/') + 1));
  const logicalId = `${normalized(name)}EventBridgeEventBus`;
  const duplicate = Array.from(context.resources.values()).find(({ properties, type }) => {
    const given = getMember(properties, 'Name');
    return type === 'AWS::Events::EventBus' && given?.kind === 'scalar' && given.value === name;
  });
  if (duplicate === undefined) {
    const properties = map(location, { Name: bus });
    const resource = { logicalId, type: 'AWS::Events::EventBus', location, properties, source: bus };
    context.resources.set(logicalId, { ...resource, condition: undefined, names: [], isGenerated: true });
  } else if (duplicate.logicalId !== logicalId) {
    const reason = `the Serverless Framework makes a bus for this name, and AWS rejects it in addition to ${duplicate.logicalId}: write !Ref ${duplicate.logicalId}`;
    context.skipped.push({ kind: 'resource', logicalId, names: [], type: 'AWS::Events::EventBus', location, reason });
  }
  return bus;
}

const maxLength = 64;

/** A string of serverless.yml may contain `${AWS::Region}`, which CloudFormation resolves within `Fn::Sub`. */
function subText(location: SourceLocation, text: string): TemplateNode {
  return text.includes('${AWS::') ? intrinsicCall(location, 'Fn::Sub', text) : scalar(location, text);
}

/** As serverless 3.40.0 shortens names and Ids (events/event-bridge/utils.js): their beginning, the MD5 of all, the suffix. */
function shortened(name: string, suffix: string): string {
  return name.length <= maxLength ? name : `${name.slice(0, 31 - suffix.length)}${md5(name)}-${suffix}`;
}

/** The digest of RFC 1321 of a string's UTF-8, in hexadecimal digits. For names that others have made so; not for anything secret. */
export function md5(text: string): string {
  const bytes = utf8Encoder().encode(text);
  const length = (((bytes.length + 8) >> 6) + 1) << 6;
  const padded = new DataView(new ArrayBuffer(length));
  new Uint8Array(padded.buffer).set(bytes);
  padded.setUint8(bytes.length, 0x80);
  padded.setBigUint64(length - 8, BigInt(bytes.length) * 8n, true);

  let [a, b, c, d] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
  for (let block = 0; block < length; block += 64) {
    const before = [a, b, c, d] as const;
    for (let step = 0; step < 64; step++) {
      const round = step >> 4;
      const mixed = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][round] as number;
      const word = [step, 5 * step + 1, 3 * step + 5, 7 * step][round] as number;
      const constant = Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32);
      const sum = (a + mixed + constant + padded.getInt32(block + (word % 16) * 4, true)) | 0;
      const turn = (turns[round] as readonly number[])[step % 4] as number;
      [a, b, c, d] = [d, (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0, b, c];
    }
    [a, b, c, d] = [(a + before[0]) | 0, (b + before[1]) | 0, (c + before[2]) | 0, (d + before[3]) | 0];
  }
  const digest = new DataView(new ArrayBuffer(16));
  for (const [index, word] of [a, b, c, d].entries()) digest.setInt32(index * 4, word, true);
  return Array.from(new Uint8Array(digest.buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const turns = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
];
