import type { CreateApiDestinationRequest } from '../../resources/api-destinations/api-destination-api.js';
import { apiDestinationShapes } from '../../resources/api-destinations/api-destination-record.js';
import type { CreateConnectionRequest } from '../../resources/connections/connection-requests.js';
import { connectionShapes } from '../../resources/connections/connection-shapes.js';

import type { ResourceNode, TemplateResolver } from '../cloudformation/cloud-template.js';
import { withoutSecrets } from '../cloudformation/dynamic-reference.js';
import { physicalName } from '../cloudformation/physical-id.js';
import { getMember, nodeText } from '../document/template-node.js';
import {
  clearedFields,
  createOrUpdate,
  type Deployment,
  operationInput,
  problemAt,
  resolvedProperties,
} from './deployment.js';

/** AWS::Events::Connection. */
export async function deployConnection(deployment: Deployment, resource: ResourceNode): Promise<void> {
  const { bridge, resolver } = deployment;
  const properties = resolvedProperties(resolver, resource);
  const given = operationInput(connectionShapes.CreateConnection, properties, resource.type);
  const Name = physicalName(resolver, resource);
  const known = JSON.parse(withoutSecrets(JSON.stringify(given))) as object;
  const input = { ...known, Name } as unknown as CreateConnectionRequest;
  const { ConnectionArn } = await problemAt(
    resource.location,
    () =>
      createOrUpdate(
        deployment,
        resource,
        { kind: 'connection', name: Name },
        {
          make: () => bridge.createConnection(input),
          change: async () => {
            const before = await bridge.describeConnection({ Name });
            return bridge.updateConnection({ ...clearedFields(before, input, ['Description']), ...input });
          },
        },
      ),
    properties,
  );
  resolver.made.set(resource.logicalId, ConnectionArn);
}

/** AWS::Events::ApiDestination. Nothing is said of one whose connection is refused: the connection is. */
export async function deployApiDestination(deployment: Deployment, resource: ResourceNode): Promise<void> {
  const { bridge, resolver } = deployment;
  if (dependsOnFailed(resolver, resource)) return;
  const properties = resolvedProperties(resolver, resource);
  const given = operationInput(apiDestinationShapes.CreateApiDestination, properties, resource.type);
  const Name = physicalName(resolver, resource);
  const input = { ...given, Name } as unknown as CreateApiDestinationRequest;
  const { ApiDestinationArn } = await problemAt(
    resource.location,
    () =>
      createOrUpdate(
        deployment,
        resource,
        { kind: 'apiDestination', name: Name },
        {
          make: () => bridge.createApiDestination(input),
          change: async () => {
            const before = await bridge.describeApiDestination({ Name });
            const defaults = { InvocationRateLimitPerSecond: 300, ...clearedFields(before, input, ['Description']) };
            return bridge.updateApiDestination({ ...defaults, ...input });
          },
        },
      ),
    properties,
  );
  resolver.made.set(resource.logicalId, ApiDestinationArn);
}

function dependsOnFailed({ made, template }: TemplateResolver, { properties }: ResourceNode): boolean {
  const attribute = getMember(properties, 'ConnectionArn', 'Fn::GetAtt');
  const [name] = attribute?.kind === 'list' ? attribute.items : [];
  const logicalId = name && nodeText(name);
  if (logicalId === undefined) return false;
  return template.resources.get(logicalId)?.type === 'AWS::Events::Connection' && !made.has(logicalId);
}
