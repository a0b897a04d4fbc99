import type { ResourceNode, TemplateResolver } from '../cloudformation/cloud-template.js';
import { resourceArn } from '../cloudformation/physical-id.js';
import type { RuleDraft } from '../deploy/deployment.js';
import { getMember, getString, type TemplateNode } from '../document/template-node.js';
import { collectProblems, type SourceLocation } from '../document/template-problem.js';
import type { Warn } from './findings.js';
import { items, type Permissions, readPermissions } from './policies.js';

/** What the checks of targets need of a template. */
export interface TargetContext {
  readonly resolver: TemplateResolver;
  readonly byArn: ReadonlyMap<string, ResourceNode>;
  readonly permissions: Permissions;
  /** Findings about resources, each of which is reported once. */
  readonly reported: Set<string>;
}

export function targetContext(resolver: TemplateResolver, resources: readonly ResourceNode[]): TargetContext {
  const byArn = new Map<string, ResourceNode>();
  for (const resource of resources) {
    const known = resourceArn(resolver, resource);
    if (known !== undefined) byArn.set(known.arn, resource);
  }
  return { resolver, byArn, permissions: readPermissions(resolver, resources), reported: new Set() };
}

/** Whether what a rule sends can arrive. */
export function lintTargets(context: TargetContext, rule: RuleDraft, warn: Warn): void {
  for (const target of items(getMember(rule.properties, 'Targets'))) {
    const arn = getString(target, 'Arn') ?? '';
    const location = getMember(target, 'Arn')?.location ?? target.location;
    if (/^arn:[\w-]+:logs:.*:\*$/.test(arn)) {
      const cure = `leave it out, as with !Sub 'arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:\${LogGroup}'`;
      warn(
        location,
        'log-group-arn',
        `a target takes the ARN of a log group without ":*" at its end, which GetAtt adds; ${cure}`,
      );
    }
    const resource = context.byArn.get(arn);
    if (resource !== undefined && getMember(target, 'RoleArn') === undefined) {
      lintAccess(context, rule, resource, reportOnce(context, resource, location, warn));
    }
    const deadLetters = getMember(target, 'DeadLetterConfig', 'Arn');
    const queue = context.byArn.get(getString(target, 'DeadLetterConfig', 'Arn') ?? '');
    if (deadLetters !== undefined && queue !== undefined) {
      lintQueue(context, rule, queue, 'dead letters', reportOnce(context, queue, deadLetters.location, warn));
    }
    lintTemplateText(target, warn);
  }
}

function reportOnce({ reported }: TargetContext, { logicalId }: ResourceNode, at: SourceLocation, warn: Warn): Report {
  return (code, message) => {
    const key = `${code} ${logicalId}`;
    if (!reported.has(key)) warn(at, code, message);
    reported.add(key);
  };
}

type Report = (code: Parameters<Warn>[1], message: string) => void;

function lintAccess(context: TargetContext, rule: RuleDraft, resource: ResourceNode, report: Report): void {
  const { permissions, byArn, resolver } = context;
  const { logicalId, type } = resource;
  if (type === 'AWS::SQS::Queue') lintQueue(context, rule, resource, 'events', report);
  if (type === 'AWS::SNS::Topic') {
    if (!permissions.connects(rule.resource.logicalId, logicalId) && !permissions.allows(resource, 'sns:Publish')) {
      const cure = 'add an AWS::SNS::TopicPolicy that allows sns:Publish to the service events.amazonaws.com';
      report(
        'topic-policy',
        `topic ${logicalId} has no policy that lets EventBridge publish, so events are lost: ${cure}`,
      );
    }
    lintKey(resolver, resource, 'KmsMasterKeyId', 'alias/aws/sns', report);
  }
  if (!type.startsWith('AWS::Lambda::') || isOfFramework(rule.resource)) return;
  const of = type === 'AWS::Lambda::Function' ? resource : functionOf(resolver, byArn, resource);
  if (of === undefined || permissions.connects(rule.resource.logicalId, of.logicalId)) return;
  if (permissions.mayInvoke(of) || permissions.mayInvoke(resource)) return;
  const cure = 'add an AWS::Lambda::Permission with Principal: events.amazonaws.com';
  report('function-permission', `function ${of.logicalId} has no permission that lets EventBridge invoke it: ${cure}`);
}

/** SAM and the Serverless Framework add the permission for rules that they make of events. */
function isOfFramework({ source }: ResourceNode): boolean {
  return getString(source, 'Type') !== 'AWS::Events::Rule';
}

/** Of an alias or a version. */
function functionOf(
  resolver: TemplateResolver,
  byArn: ReadonlyMap<string, ResourceNode>,
  { properties }: ResourceNode,
): ResourceNode | undefined {
  const name = getMember(properties, 'FunctionName');
  const text = name && collectProblems([], () => resolver.text(name, 'FunctionName'));
  const functions = Array.from(byArn).filter(([, { type }]) => type === 'AWS::Lambda::Function');
  return functions.find(([arn]) => arn === text || arn.endsWith(`:function:${text}`))?.[1];
}

function lintQueue(
  { permissions, resolver }: TargetContext,
  { resource: rule }: RuleDraft,
  queue: ResourceNode,
  what: string,
  report: Report,
): void {
  const { logicalId } = queue;
  const isOpen = queue.isGenerated || permissions.connects(rule.logicalId, logicalId);
  if (!isOpen && !permissions.allows(queue, 'sqs:SendMessage')) {
    const cure = 'add an AWS::SQS::QueuePolicy that allows sqs:SendMessage to the service events.amazonaws.com';
    report(
      'queue-policy',
      `queue ${logicalId} has no policy that lets EventBridge send to it, so ${what} are lost: ${cure}`,
    );
  }
  lintKey(resolver, queue, 'KmsMasterKeyId', 'alias/aws/sqs', report);
}

function lintKey(
  resolver: TemplateResolver,
  { logicalId, properties }: ResourceNode,
  name: string,
  managed: string,
  report: Report,
) {
  const key = getMember(properties, name);
  const text = key && collectProblems([], () => resolver.text(key, name));
  if (text !== managed && !text?.endsWith(`:${managed}`)) return;
  const cure = 'take a key of your own whose policy allows kms:GenerateDataKey and kms:Decrypt to events.amazonaws.com';
  report('managed-key', `${logicalId} is encrypted with ${managed}, which EventBridge cannot use: ${cure}`);
}

/** A variable that is an object is filled in as an object, which breaks the JSON around it when in quotes. */
function lintTemplateText(target: TemplateNode, warn: Warn): void {
  const template = getMember(target, 'InputTransformer', 'InputTemplate');
  const text = template?.kind === 'scalar' && typeof template.value === 'string' ? template.value : '';
  const paths = getMember(target, 'InputTransformer', 'InputPathsMap');
  const objects = new Set(['aws.events.event', 'aws.events.event.json']);
  for (const [name, { value }] of paths?.kind === 'map' ? paths.members : []) {
    if (value.kind === 'scalar' && (value.value === '$.detail' || value.value === '$')) objects.add(name);
  }
  for (const [quoted, name = ''] of text.matchAll(/"<([\w.-]+)>"/g)) {
    if (template === undefined || !objects.has(name)) continue;
    const message = `${quoted} puts an object in quotes, which is not valid JSON: write <${name}> without quotes`;
    warn(template.location, 'quoted-object', message);
  }
}
