import type { CreateApiDestinationRequest } from '../../resources/api-destinations/api-destination-api.js';
import { apiDestinationShapes } from '../../resources/api-destinations/api-destination-record.js';
import type { CreateConnectionRequest } from '../../resources/connections/connection-requests.js';
import { connectionShapes } from '../../resources/connections/connection-shapes.js';

import type { ResourceNode, Scope } from '../cloudformation/cloud-template.js';
import { withoutSecrets } from '../cloudformation/dynamic-reference.js';
import { physicalName } from '../cloudformation/physical-id.js';
import { member, nodeText } from '../document/template-node.js';
import { type Deployment, emptied, inputOf, makeOrChange, refusedAt, resolvedProperties } from './deployment.js';

/** AWS::Events::Connection. */
export async function deployConnection(deployment: Deployment, resource: ResourceNode): Promise<void> {
  const { bridge, scope } = deployment;
  const properties = resolvedProperties(scope, resource);
  const given = inputOf(connectionShapes.CreateConnection, properties, resource.type);
  const Name = physicalName(scope, resource);
  const known = JSON.parse(withoutSecrets(JSON.stringify(given))) as object;
  const input = { ...known, Name } as unknown as CreateConnectionRequest;
  const { ConnectionArn } = await refusedAt(
    resource.place,
    () =>
      makeOrChange(
        deployment,
        resource,
        { kind: 'connection', name: Name },
        {
          make: () => bridge.createConnection(input),
          change: async () => {
            const before = await bridge.describeConnection({ Name });
            return bridge.updateConnection({ ...emptied(before, input, ['Description']), ...input });
          },
        },
      ),
    properties,
  );
  scope.made.set(resource.logicalId, ConnectionArn);
}

/** AWS::Events::ApiDestination. Nothing is said of one whose connection is refused: the connection is. */
export async function deployApiDestination(deployment: Deployment, resource: ResourceNode): Promise<void> {
  const { bridge, scope } = deployment;
  if (waitsForRefused(scope, resource)) return;
  const properties = resolvedProperties(scope, resource);
  const given = inputOf(apiDestinationShapes.CreateApiDestination, properties, resource.type);
  const Name = physicalName(scope, resource);
  const input = { ...given, Name } as unknown as CreateApiDestinationRequest;
  const { ApiDestinationArn } = await refusedAt(
    resource.place,
    () =>
      makeOrChange(
        deployment,
        resource,
        { kind: 'apiDestination', name: Name },
        {
          make: () => bridge.createApiDestination(input),
          change: async () => {
            const before = await bridge.describeApiDestination({ Name });
            const defaults = { InvocationRateLimitPerSecond: 300, ...emptied(before, input, ['Description']) };
            return bridge.updateApiDestination({ ...defaults, ...input });
          },
        },
      ),
    properties,
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
