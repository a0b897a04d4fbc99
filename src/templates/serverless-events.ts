import type { ResourceNode } from './cloud-template.js';
import { nodeJson, nodeText } from './node-json.js';
import type { Place } from './place.js';
import {
  filledSection,
  filledText,
  knownValue,
  normalized,
  type ServerlessFunction,
  type ServerlessService,
} from './serverless-service.js';
import { gather, Problem, type TemplateProblem } from './template-error.js';
import {
  call,
  describeNode,
  isCall,
  itemsOf,
  list,
  type MapNode,
  type Member,
  map,
  member,
  membersOf,
  scalar,
  type TemplateNode,
} from './template-node.js';

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

/** Throws a Problem for what is there and is no object. */
function object(event: TemplateNode, name: string): TemplateNode | undefined {
  const found = member(event, name);
  membersOf(found, name);
  return found;
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

const longest = 64;

function addEventBridge(
  state: ServerlessService,
  of: ServerlessFunction,
  { place, value }: Member,
  index: number,
): void {
  if (value.kind !== 'map') throw new Problem(place, `eventBridge must be an object, but is ${describeNode(value)}`);
  const own = (name: string) => member(value, name);
  const stub = `${of.name}-rule-${index}`;
  const name = filledText(state.fill, own('name')) ?? cut(stub, longest);
  const id = `${stub.charAt(0).toUpperCase()}${stub.slice(1)}`.replace(/[^0-9A-Za-z]/g, '');
  const retry = object(value, 'retryPolicy');
  const rule = ruleNode(
    place,
    of,
    {
      Name: scalar(place, name),
      Description: own('description'),
      EventBusName: busOf(state, own('eventBus'), place),
      EventPattern: own('pattern'),
      ScheduleExpression: own('schedule'),
      State: stateOf(own('enabled'), place),
    },
    {
      Id: scalar(place, cut(`${name}-target`, longest)),
      ...inputs(value),
      RetryPolicy:
        retry &&
        map(retry.place, {
          MaximumEventAgeInSeconds: member(retry, 'maximumEventAge'),
          MaximumRetryAttempts: member(retry, 'maximumRetryAttempts'),
        }),
      DeadLetterConfig: own('deadLetterQueueArn') && map(place, { Arn: own('deadLetterQueueArn') }),
    },
  );
  addRule(state, `${id}EventBridgeRule`, place, rule, value, [name]);
}

/** A bus that is named by text is made with the stack; one that is referred to is there. */
function busOf(state: ServerlessService, bus: TemplateNode | undefined, place: Place): TemplateNode | undefined {
  if (bus?.kind !== 'scalar' || typeof bus.value !== 'string' || bus.value === 'default') return bus;
  if (bus.value.startsWith('arn:')) return bus;
  const name = bus.value;
  const isThere = Array.from(state.resources.values()).some(({ properties, type }) => {
    const given = member(properties, 'Name');
    return type === 'AWS::Events::EventBus' && given?.kind === 'scalar' && given.value === name;
  });
  const logicalId = `${normalized(name)}EventBridgeEventBus`;
  if (!isThere) {
    const properties = map(bus.place, { Name: bus });
    const resource = { logicalId, type: 'AWS::Events::EventBus', place: bus.place, properties, source: bus };
    state.resources.set(logicalId, { ...resource, condition: undefined, names: [], isGenerated: true });
  }
  return scalar(place === bus.place ? place : bus.place, name);
}

function addSchedules(
  state: ServerlessService,
  of: ServerlessFunction,
  { place, value }: Member,
  before: number,
): number {
  const rate = value.kind === 'map' ? member(value, 'rate') : value;
  if (rate === undefined) throw new Problem(place, 'schedule must have a rate');
  if (filledText(state.fill, member(value, 'method')) === 'scheduler') {
    skip(
      state,
      of,
      'schedule',
      place,
      'a schedule of EventBridge Scheduler, which is another service than EventBridge',
    );
    return before;
  }
  const rates = rate.kind === 'list' ? rate.items : [rate];
  for (const [index, expression] of rates.entries()) {
    const rule = ruleNode(
      place,
      of,
      {
        Name: member(value, 'name'),
        Description: member(value, 'description'),
        ScheduleExpression: expression,
        State: stateOf(member(value, 'enabled'), place),
      },
      { Id: scalar(place, `${of.key}Schedule`), ...inputs(value) },
    );
    addRule(state, `${normalized(of.key)}EventsRuleSchedule${before + index + 1}`, place, rule, value, []);
  }
  return before + rates.length;
}

function addCloudWatchEvent(
  state: ServerlessService,
  of: ServerlessFunction,
  { place, value }: Member,
  index: number,
): void {
  const rule = ruleNode(
    place,
    of,
    {
      Name: member(value, 'name'),
      Description: member(value, 'description'),
      EventPattern: member(value, 'event'),
      State: stateOf(member(value, 'enabled'), place),
    },
    { Id: scalar(place, `${of.key}CloudWatchEvent`), ...inputs(value) },
  );
  addRule(state, `${normalized(of.key)}EventsRuleCloudWatchEvent${index}`, place, rule, value, []);
}

function ruleNode(
  place: Place,
  of: ServerlessFunction,
  rule: Readonly<Record<string, TemplateNode | undefined>>,
  target: Readonly<Record<string, TemplateNode | undefined>>,
): MapNode {
  const Arn = call(place, 'Fn::GetAtt', of.logicalId, 'Arn');
  return map(place, { ...rule, Targets: list(place, [map(place, { Arn, ...target })]) });
}

function addRule(
  { resources }: ServerlessService,
  logicalId: string,
  place: Place,
  properties: MapNode,
  source: TemplateNode,
  names: readonly string[],
): void {
  const rule: ResourceNode = {
    logicalId,
    type: 'AWS::Events::Rule',
    place,
    properties,
    condition: undefined,
    names,
    source,
    isGenerated: false,
  };
  resources.set(logicalId, rule);
}

function inputs(event: TemplateNode): Readonly<Record<string, TemplateNode | undefined>> {
  const input = member(event, 'input');
  const transformer = object(event, 'inputTransformer');
  return {
    // What is not text is sent as JSON.
    Input: input && input.kind !== 'scalar' ? scalar(input.place, nodeJson(input)) : input,
    InputPath: member(event, 'inputPath'),
    InputTransformer:
      transformer &&
      map(transformer.place, {
        InputPathsMap: member(transformer, 'inputPathsMap'),
        InputTemplate: member(transformer, 'inputTemplate'),
      }),
  };
}

function stateOf(enabled: TemplateNode | undefined, place: Place): TemplateNode {
  const written = enabled === undefined ? 'true' : nodeText(knownValue(enabled));
  if (enabled !== undefined && written !== 'true' && written !== 'false') {
    throw new Problem(enabled.place, `enabled must be true or false, but is ${describeNode(enabled)}`);
  }
  return scalar(enabled?.place ?? place, written === 'false' ? 'DISABLED' : 'ENABLED');
}

/** The Serverless Framework puts an MD5 hash into names that are too long; here they are cut, and end as they did. */
function cut(name: string, length: number): string {
  if (name.length <= length) return name;
  const end = name.slice(name.lastIndexOf('-', name.length - 8));
  return name.slice(0, length - end.length) + end;
}
