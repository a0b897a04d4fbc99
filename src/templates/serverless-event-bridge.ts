import { md5 } from './md5.js';
import { addRule, objectOf } from './serverless-rule.js';
import { filledText, normalized, type ServerlessFunction, type ServerlessService } from './serverless-service.js';
import { Problem } from './template-error.js';
import { describeNode, type Member, map, member, scalar, type TemplateNode } from './template-node.js';

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
