import { maxDepth } from '../document/read-yaml.js';
import {
  describeNode,
  getMember,
  isCall,
  itemsOf,
  type Member,
  nodeOf,
  type TemplateNode,
} from '../document/template-node.js';
import {
  collectProblems,
  type SourceLocation,
  type TemplateProblem,
  TemplateProblemError,
} from '../document/template-problem.js';
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
  context: ServerlessService,
  of: ServerlessFunction,
  problems: TemplateProblem[],
): void {
  const counts = { schedule: 0, cloudwatchEvent: 0 };
  const events = filledSection(context, getMember(of.node, 'events'), `functions.${of.key}.events`);
  for (const [index, written] of itemsOf(events, 'events').entries()) {
    collectProblems(problems, () => {
      const item = written.kind === 'scalar' ? knownValue(context.resolveVariables(written)) : written;
      if (item.kind === 'scalar' && typeof item.value === 'string') {
        skip(context, of, item.value, item.location, `an event of type ${item.value} is not an EventBridge rule`);
        return;
      }
      const [[type, found] = ['', undefined]] = item.kind === 'map' ? item.members : [];
      if (found === undefined)
        throw new TemplateProblemError(item.location, `an event must be an object, but is ${describeNode(item)}`);
      const isRule = Object.hasOwn(properties, type);
      const event = isRule ? { ...found, value: knownValue(context.resolveVariables(found.value)) } : found;
      if (isRule) skipUnknown(context, of, type, event.value);
      if (type === 'eventBridge') addEventBridge(context, of, event, index + 1);
      else if (type === 'schedule') counts.schedule = addSchedules(context, of, event, counts.schedule);
      else if (type === 'cloudwatchEvent') addCloudWatchEvent(context, of, event, ++counts.cloudwatchEvent);
      else skip(context, of, type, found.location, `an event of type ${type} is not an EventBridge rule`);
    });
  }
}

function addCloudWatchEvent(context: ServerlessService, of: ServerlessFunction, event: Member, index: number): void {
  addRule(context, {
    logicalId: `${normalized(of.key)}EventsRuleCloudWatchEvent${index}`,
    of,
    event,
    properties: { Name: getMember(event.value, 'name'), EventPattern: getMember(event.value, 'event') },
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
function skipUnknown(context: ServerlessService, of: ServerlessFunction, type: string, event: TemplateNode): void {
  const known = properties[type] ?? [];
  for (const [name, { location }] of event.kind === 'map' && !isCall(event) ? event.members : []) {
    if (known.includes(name)) continue;
    skip(context, of, type, location, `an event of type ${type} has no property ${name}; it has ${known.join(', ')}`);
  }
}

function skip(
  { skipped }: ServerlessService,
  of: ServerlessFunction,
  type: string,
  location: SourceLocation,
  reason: string,
): void {
  const kind = /^(?:sqs|stream|kafka|msk|activemq|rabbitmq)$/.test(type) ? 'event-source' : 'event';
  skipped.push({ kind, logicalId: of.logicalId, names: [of.key], type, location, reason });
}

/** The rules of a `schedule` event, one for each rate. Returns how many schedules the function has now; there were `before`. */
function addSchedules(context: ServerlessService, of: ServerlessFunction, event: Member, before: number): number {
  const { location, value } = event;
  const rate = value.kind === 'map' ? getMember(value, 'rate') : value;
  if (rate === undefined) throw new TemplateProblemError(location, 'schedule must have a rate');
  const rates = rate.kind === 'list' ? rate.items : [rate];
  const count = before + rates.length;
  if (filledText(context.resolveVariables, getMember(value, 'method')) === 'scheduler') {
    const reason = 'a schedule of EventBridge Scheduler, which is another service than EventBridge';
    context.skipped.push({
      kind: 'schedule',
      logicalId: of.logicalId,
      names: [of.key],
      type: 'schedule',
      location,
      reason,
    });
    return count;
  }
  const timezone = getMember(value, 'timezone');
  if (timezone !== undefined) throw new TemplateProblemError(timezone.location, 'a timezone needs `method: scheduler`');
  const name = getMember(value, 'name');
  if (name !== undefined && rates.length > 1) {
    throw new TemplateProblemError(
      name.location,
      `a schedule of ${rates.length} rates cannot have a name: each rate is a rule`,
    );
  }
  const read = { ...event, value: withParsedBody(value) };
  for (const [index, expression] of rates.entries()) {
    addRule(context, {
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
  const input = getMember(event, 'input');
  const body = getMember(input, 'body');
  if (event.kind !== 'map' || input?.kind !== 'map' || body?.kind !== 'scalar' || typeof body.value !== 'string') {
    return event;
  }
  const { location } = input;
  const members = new Map(input.members).set('body', {
    location: body.location,
    value: jsonNode(body.location, body.value),
  });
  return { ...event, members: new Map(event.members).set('input', { location, value: { ...input, members } }) };
}

function jsonNode(location: SourceLocation, text: string): TemplateNode {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new TemplateProblemError(location, 'body of the input of a schedule must be JSON, if it is text');
  }
  return nodeOf(value, location, maxDepth);
}
