import { partitionForRegion } from '../../base/arn.js';
import { list, type MapNode, type Member, scalar, type TemplateNode } from '../document/template-node.js';
import type { StackSettings } from './cloud-template.js';

const prefix = 'unresolved-value-';

/** The placeholder of an unresolved value. It is a valid name of a resource. */
export function placeholder(parameter: string): string {
  return `${prefix}${parameter.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 24)}`;
}

/** Whether a string is a placeholder or contains one. */
export function hasPlaceholder(text: string): boolean {
  return text.includes(prefix);
}

/** Members that are checked as a whole: a string in them may be anything. */
const opaqueMembers = new Set(['EventPattern', 'Tags', 'InputTransformer']);

/** The resolved node with a valid value wherever a placeholder is the value of a member that does not take any string. */
export function withValidValues(node: TemplateNode, settings: StackSettings): TemplateNode {
  if (settings.unresolved !== 'placeholder') return node;
  const { account, region } = settings;
  const arn = (service: string, resource: string) =>
    `arn:${partitionForRegion(region)}:${service}:${region}:${account}:${resource}`;
  const valid: Readonly<Record<string, string>> = {
    Arn: arn('lambda', 'function:unresolved'),
    RoleArn: `arn:${partitionForRegion(region)}:iam::${account}:role/unresolved`,
    SourceArn: arn('events', 'event-bus/default'),
    ConnectionArn: arn('events', 'connection/unresolved/00000000-0000-0000-0000-000000000000'),
    EventPattern: '{"source":["unresolved"]}',
    ScheduleExpression: 'rate(1 day)',
    State: 'ENABLED',
    Principal: account,
    AWS: account,
    Input: '{}',
    InputPath: '$',
    InvocationEndpoint: 'https://example.com',
    HttpMethod: 'POST',
    AuthorizationType: 'API_KEY',
    MaximumRetryAttempts: '1',
    MaximumEventAgeInSeconds: '60',
    RetentionDays: '1',
    InvocationRateLimitPerSecond: '1',
  };
  const replaced = (node: TemplateNode, name: string, parent: string): TemplateNode => {
    if (node.kind === 'list')
      return list(
        node.location,
        node.items.map((item) => replaced(item, '', parent)),
      );
    if (node.kind === 'map') return opaqueMembers.has(name) ? node : replacedMap(node, name);
    if (typeof node.value !== 'string' || !hasPlaceholder(node.value)) return node;
    if (name === 'Targets') return list(node.location, []);
    if (parent === 'DeadLetterConfig' && name === 'Arn') return scalar(node.location, arn('sqs', 'unresolved'));
    // Only a placeholder for some part may leave a valid ARN.
    if (name.endsWith('Arn') && /^arn:[\w-]+:[\w-]+:[\w-]*:\d*:./.test(node.value)) return node;
    const value = Object.hasOwn(valid, name) ? valid[name] : undefined;
    return value === undefined ? node : scalar(node.location, value);
  };
  const replacedMap = (node: MapNode, name: string): MapNode => {
    const members = Array.from(node.members, ([key, found]): [string, Member] => [
      key,
      { ...found, value: replaced(found.value, key, name) },
    ]);
    return { ...node, members: new Map(members) };
  };
  return replaced(node, '', '');
}
