import type { CreateEventBusRequest } from '../../resources/event-buses/event-bus-api.js';
import { eventBusShapes } from '../../resources/event-buses/event-bus-api.js';
import type { PutPermissionRequest } from '../../resources/permissions/permissions.js';
import { permissionShapes } from '../../resources/permissions/permissions.js';

import type { ResourceNode } from '../cloudformation/cloud-template.js';
import { ruleBus } from '../cloudformation/physical-id.js';
import {
  describeNode,
  getMember,
  getString,
  type MapNode,
  nodeJson,
  type TemplateNode,
} from '../document/template-node.js';
import { TemplateProblemError } from '../document/template-problem.js';
import {
  clearedFields,
  createOrUpdate,
  type Deployment,
  locationOf,
  operationInput,
  problemAt,
  resolvedProperties,
  toBridgeArn,
  updateTags,
} from './deployment.js';
import { statementName, statementsOf } from './remove-stale-parts.js';

/** AWS::Events::EventBus. */
export async function deployBus(deployment: Deployment, resource: ResourceNode): Promise<void> {
  const { bridge, resolver } = deployment;
  const properties = resolvedProperties(resolver, resource);
  if (getMember(properties, 'Name') === undefined)
    throw new TemplateProblemError(resource.location, 'AWS::Events::EventBus must have a Name');
  const { Policy, ...settings } = withPolicy(properties);
  const input = operationInput(
    eventBusShapes.CreateEventBus,
    settings.properties,
    'AWS::Events::EventBus',
  ) as unknown as CreateEventBusRequest;
  const { Tags = [], EventSourceName: _, ...changes } = input;
  await problemAt(locationOf(properties, 'Name'), () =>
    createOrUpdate<unknown>(
      deployment,
      resource,
      { kind: 'bus', name: input.Name ?? '' },
      {
        make: () => bridge.createEventBus(input),
        change: async () => {
          const before = await bridge.describeEventBus({ Name: input.Name });
          const emptyTexts = clearedFields(before, changes, ['Description', 'KmsKeyIdentifier']);
          const none = before.DeadLetterConfig === undefined ? {} : { DeadLetterConfig: {} };
          return bridge.updateEventBus({ ...emptyTexts, ...none, ...changes });
        },
      },
    ),
  );
  const { Arn } = await bridge.describeEventBus({ Name: input.Name });
  await problemAt(locationOf(properties, 'Tags'), () => updateTags(deployment, resource, Arn, Tags));
  if (Policy !== undefined) await putPolicy(deployment, resource, input.Name, Policy);
}

/** A whole policy, in place of the one that the bus has. */
async function putPolicy(
  { bridge, parts }: Deployment,
  resource: ResourceNode,
  bus: string | undefined,
  node: TemplateNode,
): Promise<void> {
  const Policy = jsonText(node);
  await problemAt(node.location, () => bridge.putPermission({ EventBusName: bus, Policy }));
  for (const statement of statementsOf(Policy)) {
    parts.record({ kind: 'statement', bus: bus ?? 'default', name: statementName(statement) }, resource, true);
  }
}

function withPolicy(properties: MapNode): { readonly properties: MapNode; readonly Policy: TemplateNode | undefined } {
  const members = new Map(properties.members);
  const Policy = members.get('Policy')?.value;
  members.delete('Policy');
  return { properties: { ...properties, members }, Policy };
}

/** As an object, or as the text of one. */
function statementOf(node: TemplateNode): object {
  const text = jsonText(node);
  if (/^\s*\{/.test(text)) {
    try {
      return JSON.parse(text) as object;
    } catch {
      throw new TemplateProblemError(node.location, 'Statement is not valid JSON');
    }
  }
  throw new TemplateProblemError(node.location, `Statement must be an object, but is ${describeNode(node)}`);
}

function jsonText(node: TemplateNode): string {
  return node.kind === 'scalar' ? String(node.value) : nodeJson(node);
}

/** AWS::Events::EventBusPolicy: either a statement as it is in a policy, or its parts. */
export async function deployBusPolicy(deployment: Deployment, resource: ResourceNode): Promise<void> {
  const { bridge, resolver, parts } = deployment;
  const properties = resolvedProperties(resolver, resource);
  const EventBusName = toBridgeArn(deployment, getString(properties, 'EventBusName') ?? 'default');
  const bus = ruleBus(resolver, resource);
  const Policy = getMember(properties, 'Policy');
  if (Policy !== undefined) {
    await putPolicy(deployment, resource, bus, Policy);
    return;
  }
  const Sid = getString(properties, 'StatementId');
  const statement = getMember(properties, 'Statement');
  if (statement === undefined) {
    const input = operationInput(permissionShapes.PutPermission, properties, resource.type) as PutPermissionRequest;
    await problemAt(resource.location, () => bridge.putPermission({ ...input, EventBusName }));
  } else {
    await problemAt(statement.location, async () => {
      const { Policy = '{"Version":"2012-10-17"}' } = await bridge.describeEventBus({ Name: EventBusName });
      const written = statementOf(statement);
      const added = Sid === undefined ? written : { Sid, ...written };
      const others = statementsOf(Policy).filter((other) => statementName(other) !== statementName(added));
      const Statement = [...others, added];
      await bridge.putPermission({ EventBusName, Policy: JSON.stringify({ ...JSON.parse(Policy), Statement }) });
    });
  }
  parts.record({ kind: 'statement', bus, name: Sid ?? jsonText(statement ?? properties) }, resource, true);
}
