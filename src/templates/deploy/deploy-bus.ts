import { eventBusShapes, type CreateEventBusRequest } from '../../resources/event-buses/event-bus-api.js';
import { permissionShapes, type PutPermissionRequest } from '../../resources/permissions/permissions.js';
import type { ResourceNode } from '../cloudformation/cloud-template.js';
import { ruleBus } from '../cloudformation/physical-id.js';
import { Problem } from '../document/problem.js';
import { describeNode, member, nodeJson, textMember, type MapNode, type TemplateNode } from '../document/template-node.js';
import { atHome, emptied, inputOf, makeOrChange, placeOf, refusedAt, resolvedProperties, tagAgain, type Deployment } from './deployment.js';
import { statementName, statementsOf } from './remove-parts.js';

/** AWS::Events::EventBus. */
export async function deployBus(deployment: Deployment, resource: ResourceNode): Promise<void> {
  const { bridge, scope } = deployment;
  const properties = resolvedProperties(scope, resource);
  if (member(properties, 'Name') === undefined)
    throw new Problem(resource.place, 'AWS::Events::EventBus must have a Name');
  const { Policy, ...settings } = withPolicy(properties);
  const input = inputOf(
    eventBusShapes.CreateEventBus,
    settings.properties,
    'AWS::Events::EventBus',
  ) as unknown as CreateEventBusRequest;
  const { Tags = [], EventSourceName: _, ...changes } = input;
  await refusedAt(placeOf(properties, 'Name'), () =>
    makeOrChange<unknown>(
      deployment,
      resource,
      { kind: 'bus', name: input.Name ?? '' },
      {
        make: () => bridge.createEventBus(input),
        change: async () => {
          const before = await bridge.describeEventBus({ Name: input.Name });
          const emptyTexts = emptied(before, changes, ['Description', 'KmsKeyIdentifier']);
          const none = before.DeadLetterConfig === undefined ? {} : { DeadLetterConfig: {} };
          return bridge.updateEventBus({ ...emptyTexts, ...none, ...changes });
        },
      },
    ),
  );
  const { Arn } = await bridge.describeEventBus({ Name: input.Name });
  await refusedAt(placeOf(properties, 'Tags'), () => tagAgain(deployment, resource, Arn, Tags));
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
  await refusedAt(node.place, () => bridge.putPermission({ EventBusName: bus, Policy }));
  for (const statement of statementsOf(Policy)) {
    parts.take({ kind: 'statement', bus: bus ?? 'default', name: statementName(statement) }, resource, true);
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
      throw new Problem(node.place, 'Statement is not valid JSON');
    }
  }
  throw new Problem(node.place, `Statement must be an object, but is ${describeNode(node)}`);
}

function jsonText(node: TemplateNode): string {
  return node.kind === 'scalar' ? String(node.value) : nodeJson(node);
}

/** AWS::Events::EventBusPolicy: either a statement as it is in a policy, or its parts. */
export async function deployBusPolicy(deployment: Deployment, resource: ResourceNode): Promise<void> {
  const { bridge, scope, parts } = deployment;
  const properties = resolvedProperties(scope, resource);
  const EventBusName = atHome(deployment, textMember(properties, 'EventBusName') ?? 'default');
  const bus = ruleBus(scope, resource);
  const Policy = member(properties, 'Policy');
  if (Policy !== undefined) {
    await putPolicy(deployment, resource, bus, Policy);
    return;
  }
  const Sid = textMember(properties, 'StatementId');
  const statement = member(properties, 'Statement');
  if (statement === undefined) {
    const input = inputOf(permissionShapes.PutPermission, properties, resource.type) as PutPermissionRequest;
    await refusedAt(resource.place, () => bridge.putPermission({ ...input, EventBusName }));
  } else {
    await refusedAt(statement.place, async () => {
      const { Policy = '{"Version":"2012-10-17"}' } = await bridge.describeEventBus({ Name: EventBusName });
      const written = statementOf(statement);
      const added = Sid === undefined ? written : { Sid, ...written };
      const others = statementsOf(Policy).filter((other) => statementName(other) !== statementName(added));
      const Statement = [...others, added];
      await bridge.putPermission({ EventBusName, Policy: JSON.stringify({ ...JSON.parse(Policy), Statement }) });
    });
  }
  parts.take({ kind: 'statement', bus, name: Sid ?? jsonText(statement ?? properties) }, resource, true);
}
