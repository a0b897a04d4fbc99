import { apiModel } from '../model/api-model.js';
import type { CreateArchiveRequest } from '../operations/archives.js';
import type { CreateEventBusRequest } from '../operations/event-buses.js';
import type { PutPermissionRequest } from '../operations/permissions.js';
import type { ResourceNode } from './cloud-template.js';
import {
  atHome,
  type Deployment,
  inputOf,
  makeOrChange,
  placeOf,
  refusedAt,
  resolvedProperties,
} from './deployment.js';
import { nodeJson } from './node-json.js';
import { physicalName } from './physical-id.js';
import { Problem } from './template-error.js';
import { type MapNode, member, type TemplateNode, textMember } from './template-node.js';

/** AWS::Events::EventBus. */
export async function deployBus({ bridge, scope }: Deployment, resource: ResourceNode): Promise<void> {
  const properties = resolvedProperties(scope, resource);
  if (member(properties, 'Name') === undefined)
    throw new Problem(resource.place, 'AWS::Events::EventBus must have a Name');
  const { Policy, ...settings } = withPolicy(properties);
  const input = inputOf(
    apiModel.CreateEventBus,
    settings.properties,
    'AWS::Events::EventBus',
  ) as unknown as CreateEventBusRequest;
  const { Tags: _, EventSourceName: __, ...changes } = input;
  await refusedAt(placeOf(properties, 'Name'), () =>
    makeOrChange<unknown>(
      () => bridge.createEventBus(input),
      () => bridge.updateEventBus(changes),
    ),
  );
  if (Policy === undefined) return;
  await refusedAt(Policy.place, () => bridge.putPermission({ EventBusName: input.Name, Policy: jsonText(Policy) }));
}

function withPolicy(properties: MapNode): { readonly properties: MapNode; readonly Policy: TemplateNode | undefined } {
  const members = new Map(properties.members);
  const Policy = members.get('Policy')?.value;
  members.delete('Policy');
  return { properties: { ...properties, members }, Policy };
}

function jsonText(node: TemplateNode): string {
  return node.kind === 'scalar' ? String(node.value) : nodeJson(node);
}

/** AWS::Events::EventBusPolicy: either a statement as it is in a policy, or its parts. */
export async function deployBusPolicy(deployment: Deployment, resource: ResourceNode): Promise<void> {
  const { bridge, scope } = deployment;
  const properties = resolvedProperties(scope, resource);
  const statement = member(properties, 'Statement');
  if (statement === undefined) {
    const input = inputOf(apiModel.PutPermission, properties, resource.type) as PutPermissionRequest;
    const EventBusName = input.EventBusName && atHome(deployment, input.EventBusName);
    await refusedAt(resource.place, () => bridge.putPermission({ ...input, EventBusName }));
    return;
  }
  const EventBusName = atHome(deployment, textMember(properties, 'EventBusName') ?? 'default');
  const Sid = textMember(properties, 'StatementId');
  await refusedAt(statement.place, async () => {
    const { Policy } = await bridge.describeEventBus({ Name: EventBusName });
    const document = Policy === undefined ? { Version: '2012-10-17' } : JSON.parse(Policy);
    const others = [document.Statement ?? []].flat().filter((other: { Sid?: unknown }) => other?.Sid !== Sid);
    const written = JSON.parse(jsonText(statement)) as object;
    const Statement = [...others, Sid === undefined ? written : { Sid, ...written }];
    await bridge.putPermission({ EventBusName, Policy: JSON.stringify({ ...document, Statement }) });
  });
}

/** AWS::Events::Archive. */
export async function deployArchive(deployment: Deployment, resource: ResourceNode): Promise<void> {
  const { bridge, scope } = deployment;
  const properties = resolvedProperties(scope, resource);
  const source = textMember(properties, 'SourceArn');
  if (source === undefined) throw new Problem(resource.place, 'AWS::Events::Archive must have a SourceArn');
  const given = inputOf(apiModel.CreateArchive, properties, resource.type, ['SourceArn', 'ArchiveName']);
  const { KmsKeyIdentifier, ...settings } = given as Omit<CreateArchiveRequest, 'ArchiveName' | 'EventSourceArn'>;
  // CDK says with an empty key that it is AWS's own.
  const changes = KmsKeyIdentifier === '' ? settings : { ...settings, KmsKeyIdentifier };
  const ArchiveName = physicalName(scope, resource);
  await refusedAt(resource.place, () =>
    makeOrChange<unknown>(
      () => bridge.createArchive({ ...changes, ArchiveName, EventSourceArn: atHome(deployment, source) }),
      // An update keeps what it is not told, and must be told something.
      () => bridge.updateArchive({ RetentionDays: 0, Description: '', ...changes, ArchiveName }),
    ),
  );
}
