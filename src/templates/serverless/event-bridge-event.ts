import { utf8Encoder } from '../../base/utf8.js';
import { Problem } from '../document/problem.js';
import { describeNode, type Member, map, member, scalar, type TemplateNode } from '../document/template-node.js';
import {
  addRule,
  filledText,
  normalized,
  objectOf,
  type ServerlessFunction,
  type ServerlessService,
} from './serverless-rule.js';

/** The rule of an `eventBridge` event, which is the `index`th event of its function, counted from 1. */
export function addEventBridge(state: ServerlessService, of: ServerlessFunction, event: Member, index: number): void {
  const { place, value } = event;
  if (value.kind !== 'map') throw new Problem(place, `eventBridge must be an object, but is ${describeNode(value)}`);
  const own = (name: string) => member(value, name);
  const suffix = `rule-${index}`;
  const madeUp = `${of.name}-${suffix}`;
  const name = filledText(state.fill, own('name')) ?? shortened(madeUp, suffix);
  const id = `${madeUp.charAt(0).toUpperCase()}${madeUp.slice(1)}`.replace(/[^0-9A-Za-z]/g, '');
  const retry = objectOf(value, 'retryPolicy');
  const queue = own('deadLetterQueueArn');
  addRule(state, {
    logicalId: `${id}EventBridgeRule`,
    of,
    event,
    names: [name],
    properties: {
      Name: scalar(place, name),
      EventBusName: busOf(state, own('eventBus')),
      EventPattern: own('pattern'),
      ScheduleExpression: own('schedule'),
    },
    targetId: shortened(`${name}-target`, 'target'),
    target: {
      RetryPolicy:
        retry &&
        map(retry.place, {
          MaximumEventAgeInSeconds: member(retry, 'maximumEventAge'),
          MaximumRetryAttempts: member(retry, 'maximumRetryAttempts'),
        }),
      DeadLetterConfig: queue && map(place, { Arn: queue }),
    },
  });
}

/** A bus that is named by text is made with the stack; one that is referred to is there. */
function busOf(state: ServerlessService, bus: TemplateNode | undefined): TemplateNode | undefined {
  if (bus?.kind !== 'scalar' || typeof bus.value !== 'string' || bus.value === 'default') return bus;
  if (bus.value.startsWith('arn:')) return bus;
  const { place, value: name } = bus;
  const logicalId = `${normalized(name)}EventBridgeEventBus`;
  const twin = Array.from(state.resources.values()).find(({ properties, type }) => {
    const given = member(properties, 'Name');
    return type === 'AWS::Events::EventBus' && given?.kind === 'scalar' && given.value === name;
  });
  if (twin === undefined) {
    const properties = map(place, { Name: bus });
    const resource = { logicalId, type: 'AWS::Events::EventBus', place, properties, source: bus };
    state.resources.set(logicalId, { ...resource, condition: undefined, names: [], isGenerated: true });
  } else if (twin.logicalId !== logicalId) {
    const reason = `the Serverless Framework makes a bus for this name, and AWS refuses it beside ${twin.logicalId}: say !Ref ${twin.logicalId}`;
    state.skipped.push({ logicalId, names: [], type: 'AWS::Events::EventBus', place, reason });
  }
  return bus;
}

const longest = 64;

/** As serverless 3.40.0 shortens names and Ids (events/event-bridge/utils.js): their beginning, the MD5 of all, the suffix. */
function shortened(name: string, suffix: string): string {
  return name.length <= longest ? name : `${name.slice(0, 31 - suffix.length)}${md5(name)}-${suffix}`;
}

/** The digest of RFC 1321 of a text's UTF-8, in hexadecimal digits. For names that others have made so; not for anything secret. */
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
