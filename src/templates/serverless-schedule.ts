import type { Place } from './place.js';
import { deepest } from './read-yaml.js';
import { addRule } from './serverless-rule.js';
import { filledText, normalized, type ServerlessFunction, type ServerlessService } from './serverless-service.js';
import { Problem } from './template-error.js';
import { type Member, member, nodeOf, type TemplateNode } from './template-node.js';

/** The rules of a `schedule` event, one for each rate. Answers how many schedules the function has now; there were `before`. */
export function addSchedules(state: ServerlessService, of: ServerlessFunction, event: Member, before: number): number {
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
