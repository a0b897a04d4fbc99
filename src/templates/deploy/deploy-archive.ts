import type { CreateArchiveRequest } from '../../resources/archives/archive-api.js';
import { archiveShapes } from '../../resources/archives/archive-record.js';

import type { ResourceNode } from '../cloudformation/cloud-template.js';
import { physicalName } from '../cloudformation/physical-id.js';
import { describeNode, getMember, getString } from '../document/template-node.js';
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
} from './deployment.js';

/** AWS::Events::Archive. */
export async function deployArchive(deployment: Deployment, resource: ResourceNode): Promise<void> {
  const { bridge, resolver, parts } = deployment;
  const properties = resolvedProperties(resolver, resource);
  const source = getString(properties, 'SourceArn');
  if (source === undefined) {
    const found = getMember(properties, 'SourceArn');
    if (found === undefined)
      throw new TemplateProblemError(resource.location, 'AWS::Events::Archive must have a SourceArn');
    throw new TemplateProblemError(found.location, `SourceArn must be text, but is ${describeNode(found)}`);
  }
  const given = operationInput(archiveShapes.CreateArchive, properties, resource.type, ['SourceArn', 'ArchiveName']);
  const { KmsKeyIdentifier, ...settings } = given as Omit<CreateArchiveRequest, 'ArchiveName' | 'EventSourceArn'>;
  // CDK says with an empty key that it is AWS's own.
  const changes = KmsKeyIdentifier ? { ...settings, KmsKeyIdentifier } : settings;
  const ArchiveName = physicalName(resolver, resource);
  const EventSourceArn = toBridgeArn(deployment, source);
  const part = { kind: 'archive', name: ArchiveName } as const;
  const make = () => bridge.createArchive({ ...changes, ArchiveName, EventSourceArn });
  const work = () =>
    createOrUpdate<unknown>(deployment, resource, part, {
      make,
      change: async () => {
        const before = await bridge.describeArchive({ ArchiveName });
        const emptyTexts = clearedFields(before, changes, ['Description', 'EventPattern', 'KmsKeyIdentifier']);
        // An update must be told something, and cannot change the bus: CloudFormation makes another archive.
        if (before.EventSourceArn === EventSourceArn) {
          return bridge.updateArchive({ RetentionDays: 0, ...emptyTexts, ...changes, ArchiveName });
        }
        if (!parts.isOwned(part)) {
          const problem = `the archive ${ArchiveName} is there already, and is one of ${before.EventSourceArn}`;
          throw new TemplateProblemError(locationOf(properties, 'SourceArn'), problem);
        }
        await bridge.deleteArchive({ ArchiveName });
        return make();
      },
    });
  await problemAt(resource.location, work, properties);
}
