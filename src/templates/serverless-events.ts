import type { Place } from './place.js';
import { addEventBridge } from './serverless-event-bridge.js';
import { addRule } from './serverless-rule.js';
import { addSchedules } from './serverless-schedule.js';
import {
  filledSection,
  knownValue,
  normalized,
  type ServerlessFunction,
  type ServerlessService,
} from './serverless-service.js';
import { gather, Problem, type TemplateProblem } from './template-error.js';
import { describeNode, isCall, itemsOf, type Member, member, type TemplateNode } from './template-node.js';

/** Adds the rules of a function's events to the resources, and its other events to what is skipped. */
export function addServerlessEvents(
  state: ServerlessService,
  of: ServerlessFunction,
  problems: TemplateProblem[],
): void {
  const counts = { schedule: 0, cloudwatchEvent: 0 };
  const events = filledSection(state, member(of.node, 'events'), `functions.${of.key}.events`);
  for (const [index, written] of itemsOf(events, 'events').entries()) {
    gather(problems, () => {
      const item = written.kind === 'scalar' ? knownValue(state.fill(written)) : written;
      if (item.kind === 'scalar' && typeof item.value === 'string') {
        skip(state, of, item.value, item.place, `an event of type ${item.value} is no rule of EventBridge`);
        return;
      }
      const [[type, found] = ['', undefined]] = item.kind === 'map' ? item.members : [];
      if (found === undefined)
        throw new Problem(item.place, `an event must be an object, but is ${describeNode(item)}`);
      const isRule = Object.hasOwn(properties, type);
      const event = isRule ? { ...found, value: knownValue(state.fill(found.value)) } : found;
      if (isRule) skipUnknown(state, of, type, event.value);
      if (type === 'eventBridge') addEventBridge(state, of, event, index + 1);
      else if (type === 'schedule') counts.schedule = addSchedules(state, of, event, counts.schedule);
      else if (type === 'cloudwatchEvent') addCloudWatchEvent(state, of, event, ++counts.cloudwatchEvent);
      else skip(state, of, type, found.place, `an event of type ${type} is no rule of EventBridge`);
    });
  }
}

function addCloudWatchEvent(state: ServerlessService, of: ServerlessFunction, event: Member, index: number): void {
  addRule(state, {
    logicalId: `${normalized(of.key)}EventsRuleCloudWatchEvent${index}`,
    of,
    event,
    properties: { Name: member(event.value, 'name'), EventPattern: member(event.value, 'event') },
    targetId: `${of.key}CloudWatchEvent`,
  });
}

const inputProperties = ['input', 'inputPath', 'inputTransformer'];
const allProperties = ['name', 'description', 'enabled', ...inputProperties];

/** The events that become rules, with the properties they have. */
const properties: Readonly<Record<string, readonly string[]>> = {
  eventBridge: ['eventBus', 'pattern', 'schedule', 'retryPolicy', 'deadLetterQueueArn', ...allProperties],
  schedule: ['rate', 'method', 'timezone', 'groupName', 'roleArn', ...allProperties],
  cloudwatchEvent: ['event', ...allProperties],
};

/** The Serverless Framework warns of properties that it does not know, and leaves them out. */
function skipUnknown(state: ServerlessService, of: ServerlessFunction, type: string, event: TemplateNode): void {
  const known = properties[type] ?? [];
  for (const [name, { place }] of event.kind === 'map' && !isCall(event) ? event.members : []) {
    if (known.includes(name)) continue;
    skip(state, of, type, place, `an event of type ${type} has no property ${name}; it has ${known.join(', ')}`);
  }
}

function skip(
  { skipped }: ServerlessService,
  of: ServerlessFunction,
  type: string,
  place: Place,
  reason: string,
): void {
  skipped.push({ logicalId: of.logicalId, names: [of.key], type, place, reason });
}
