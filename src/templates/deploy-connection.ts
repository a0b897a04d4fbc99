import { apiModel } from '../model/api-model.js';
import type { CreateApiDestinationRequest } from '../operations/api-destinations.js';
import type { CreateConnectionRequest } from '../operations/connection-requests.js';
import type { ResourceNode, Scope } from './cloud-template.js';
import { type Deployment, inputOf, makeOrChange, refusedAt, resolvedProperties } from './deployment.js';
import { withoutSecrets } from './dynamic-reference.js';
import { nodeText } from './node-json.js';
import { physicalName } from './physical-id.js';
import { member } from './template-node.js';

/** AWS::Events::Connection. */
export async function deployConnection({ bridge, scope }: Deployment, resource: ResourceNode): Promise<void> {
  const given = inputOf(apiModel.CreateConnection, resolvedProperties(scope, resource), resource.type);
  const known = JSON.parse(withoutSecrets(JSON.stringify(given))) as object;
  const input = { ...known, Name: physicalName(scope, resource) } as unknown as CreateConnectionRequest;
  const { ConnectionArn } = await refusedAt(resource.place, () =>
    makeOrChange(
      () => bridge.createConnection(input),
      () => bridge.updateConnection(input),
    ),
  );
  scope.made.set(resource.logicalId, ConnectionArn);
}

/** AWS::Events::ApiDestination. Nothing is said of one whose connection is refused: the connection is. */
export async function deployApiDestination({ bridge, scope }: Deployment, resource: ResourceNode): Promise<void> {
  if (waitsForRefused(scope, resource)) return;
  const given = inputOf(apiModel.CreateApiDestination, resolvedProperties(scope, resource), resource.type);
  const input = { ...given, Name: physicalName(scope, resource) } as unknown as CreateApiDestinationRequest;
  const { ApiDestinationArn } = await refusedAt(resource.place, () =>
    makeOrChange(
      () => bridge.createApiDestination(input),
      () => bridge.updateApiDestination(input),
    ),
  );
  scope.made.set(resource.logicalId, ApiDestinationArn);
}

function waitsForRefused({ made, template }: Scope, { properties }: ResourceNode): boolean {
  const attribute = member(properties, 'ConnectionArn', 'Fn::GetAtt');
  const [name] = attribute?.kind === 'list' ? attribute.items : [];
  const logicalId = name && nodeText(name);
  if (logicalId === undefined) return false;
  return template.resources.get(logicalId)?.type === 'AWS::Events::Connection' && !made.has(logicalId);
}
