import { gather, type Place, Problem, type TemplateProblem } from '../document/problem.js';
import { deepest } from '../document/read-yaml.js';
import {
  describeNode,
  isCall,
  itemsOf,
  type Member,
  member,
  nodeOf,
  type TemplateNode,
} from '../document/template-node.js';
import { addEventBridge } from './event-bridge-event.js';
import {
  addRule,
  filledSection,
  filledText,
  knownValue,
  normalized,
  type ServerlessFunction,
  type ServerlessService,
} from './serverless-rule.js';

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

/** The rules of a `schedule` event, one for each rate. Answers how many schedules the function has now; there were `before`. */
function addSchedules(state: ServerlessService, of: ServerlessFunction, event: Member, before: number): number {
  const { place, value } = event;
  const rate = value.kind === 'map' ? member(value, 'rate') : value;
  if (rate === undefined) throw new Problem(place, 'schedule must have a rate');
  const rates = rate.kind === 'list' ? rate.items : [rate];
  const count = before + rates.length;
  if (filledText(state.fill, member(value, 'method')) === 'scheduler') {
    const reason = 'a schedule of EventBridge Scheduler, which is another service than EventBridge';
    state.skipped.push({ logicalId: of.logicalId, names: [of.key], type: 'schedule', place, reason });
    return count;
  }
  const timezone = member(value, 'timezone');
  if (timezone !== undefined) throw new Problem(timezone.place, 'a timezone needs `method: scheduler`');
  const name = member(value, 'name');
  if (name !== undefined && rates.length > 1) {
    throw new Problem(name.place, `a schedule of ${rates.length} rates cannot have a name: each rate is a rule`);
  }
  const read = { ...event, value: withParsedBody(value) };
  for (const [index, expression] of rates.entries()) {
    addRule(state, {
      logicalId: `${normalized(of.key)}EventsRuleSchedule${before + index + 1}`,
      of,
      event: read,
      properties: { Name: name, ScheduleExpression: expression },
      targetId: `${of.key}Schedule`,
    });
  }
  return count;
}

/** The Serverless Framework (3.40) reads a `body` that is text, in the input of a schedule, as JSON. */
function withParsedBody(event: TemplateNode): TemplateNode {
  const input = member(event, 'input');
  const body = member(input, 'body');
  if (event.kind !== 'map' || input?.kind !== 'map' || body?.kind !== 'scalar' || typeof body.value !== 'string') {
    return event;
  }
  const { place } = input;
  const members = new Map(input.members).set('body', { place: body.place, value: jsonNode(body.place, body.value) });
  return { ...event, members: new Map(event.members).set('input', { place, value: { ...input, members } }) };
}

function jsonNode(place: Place, text: string): TemplateNode {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem(place, 'body of the input of a schedule must be JSON, if it is text');
  }
  return nodeOf(value, place, deepest);
}
