import type { ResourceNode, TemplateResolver } from '../cloudformation/cloud-template.js';
import { attributeOf, physicalName } from '../cloudformation/physical-id.js';
import { hasPlaceholder } from '../cloudformation/placeholders.js';
import { getMember, getString, nodeText, type TemplateNode } from '../document/template-node.js';
import { collectProblems } from '../document/template-problem.js';

const eventBridge = 'events.amazonaws.com';

/** Who may do what, as far as the template says it. */
export interface Permissions {
  /** Whether a policy of the template lets EventBridge do `action` with a queue or topic. A policy that cannot be resolved counts as if it does. */
  allows(resource: ResourceNode, action: string): boolean;
  /** Whether EventBridge may invoke a function. */
  mayInvoke(functionResource: ResourceNode): boolean;
  /** Whether a SAM connector leads from one resource to another. */
  connects(from: string, to: string): boolean;
}

/** Reads the policies, permissions and connectors of a template. */
export function readPermissions(resolver: TemplateResolver, resources: readonly ResourceNode[]): Permissions {
  const resolved = (node: TemplateNode): TemplateNode | undefined => collectProblems([], () => resolver.resolve(node));
  const ofType = (...types: string[]) => resources.filter(({ type }) => types.includes(type));

  const policies = ofType('AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy', 'AWS::SNS::TopicPolicy').map(
    ({ properties }) => {
      const policy = resolved(properties);
      const owners = ['Queues', 'Queue', 'Topics', 'TopicArn'].flatMap((name) => items(getMember(policy, name)));
      return {
        isKnown: policy !== undefined,
        owners: owners.map(textOf),
        document: getMember(policy, 'PolicyDocument'),
      };
    },
  );
  const grants = ofType('AWS::Lambda::Permission').map(({ properties }) => {
    const grant = resolved(properties);
    const by = getString(grant, 'Principal');
    const name = textOf(getMember(grant, 'FunctionName') ?? properties);
    return { name, isOpen: grant === undefined || by === eventBridge || by === '*' || hasPlaceholder(by ?? '') };
  });
  const connected = new Set(resources.flatMap(connectionsOf));

  return {
    allows: (resource, action) => {
      const names = namesOf(resolver, resource);
      return policies.some(({ isKnown, owners, document }) => {
        if (!isKnown || owners.some(hasPlaceholder)) return true;
        return owners.some((owner) => names.has(owner)) && allowsEventBridge(document, action);
      });
    },
    mayInvoke: (resource) => {
      const names = namesOf(resolver, resource);
      const isNamed = (name: string) => names.has(name) || Array.from(names).some((one) => name.startsWith(`${one}:`));
      return grants.some(({ name, isOpen }) => isOpen && (isNamed(name) || hasPlaceholder(name)));
    },
    connects: (from, to) => connected.has(`${from} ${to}`),
  };
}

/** By which a policy may name a resource. */
function namesOf(resolver: TemplateResolver, resource: ResourceNode): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (work: () => string) => {
    const name = collectProblems([], work);
    if (name !== undefined) names.add(name);
  };
  add(() => physicalName(resolver, resource));
  add(() => attributeOf(resolver, resource, 'Arn', resource.location));
  if (resource.type === 'AWS::SQS::Queue') add(() => attributeOf(resolver, resource, 'QueueUrl', resource.location));
  return names;
}

function allowsEventBridge(document: TemplateNode | undefined, action: string): boolean {
  return items(getMember(document, 'Statement')).some((statement) => {
    if (getString(statement, 'Effect') !== 'Allow') return false;
    const actions = items(getMember(statement, 'Action')).map(textOf);
    return (
      actions.some((pattern) => matchesAction(pattern, action)) && isEventBridge(getMember(statement, 'Principal'))
    );
  });
}

/** IAM compares actions without regard to case. */
function matchesAction(pattern: string, action: string): boolean {
  const parts = pattern
    .toLowerCase()
    .split('*')
    .map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(action.toLowerCase());
}

function isEventBridge(principal: TemplateNode | undefined): boolean {
  const services = items(getMember(principal, 'Service')).map(textOf);
  const accounts = items(getMember(principal, 'AWS')).map(textOf);
  const isNamed = services.some((service) => service === eventBridge || service === '*' || hasPlaceholder(service));
  return isNamed || textOf(principal) === '*' || accounts.includes('*');
}

/** Of `AWS::Serverless::Connector`, and of `Connectors` beside the properties of a resource. */
function connectionsOf({ logicalId, type, properties, source }: ResourceNode): readonly string[] {
  if (type === 'AWS::Serverless::Connector') {
    const from = getString(properties, 'Source', 'Id');
    return items(getMember(properties, 'Destination')).map((to) => `${from} ${getString(to, 'Id')}`);
  }
  const connectors = getMember(source, 'Connectors');
  if (connectors?.kind !== 'map') return [];
  return Array.from(connectors.members.values()).flatMap(({ value }) =>
    items(getMember(value, 'Properties', 'Destination')).map((to) => `${logicalId} ${getString(to, 'Id')}`),
  );
}

/** IAM takes one value for a list of one. */
export function items(node: TemplateNode | undefined): readonly TemplateNode[] {
  if (node === undefined) return [];
  return node.kind === 'list' ? node.items : [node];
}

export function textOf(node: TemplateNode | undefined): string {
  return (node && nodeText(node)) ?? '';
}
