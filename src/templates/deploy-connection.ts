import { apiModel } from '../model/api-model.js';
import type { CreateApiDestinationRequest } from '../operations/api-destinations.js';
import type { CreateConnectionRequest } from '../operations/connection-requests.js';
import type { ResourceNode } from './cloud-template.js';
import { type Deployment, inputOf, makeOrChange, refusedAt, resolvedProperties } from './deployment.js';
import { physicalName } from './physical-id.js';

/** AWS::Events::Connection. */
export async function deployConnection({ bridge, scope }: Deployment, resource: ResourceNode): Promise<void> {
  const given = inputOf(apiModel.CreateConnection, resolvedProperties(scope, resource), resource.type);
  const input = { ...given, Name: physicalName(scope, resource) } as unknown as CreateConnectionRequest;
  const { ConnectionArn } = await refusedAt(resource.place, () =>
    makeOrChange(
      () => bridge.createConnection(input),
      () => bridge.updateConnection(input),
    ),
  );
  scope.made.set(resource.logicalId, ConnectionArn);
}

/** AWS::Events::ApiDestination. */
export async function deployApiDestination({ bridge, scope }: Deployment, resource: ResourceNode): Promise<void> {
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
