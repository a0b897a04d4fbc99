import type { CreateArchiveRequest } from '../../resources/archives/archive-api.js';
import { archiveShapes } from '../../resources/archives/archive-record.js';

import type { ResourceNode } from '../cloudformation/cloud-template.js';
import { physicalName } from '../cloudformation/physical-id.js';
import { Problem } from '../document/problem.js';
import { describeNode, member, textMember } from '../document/template-node.js';
import {
  atHome,
  type Deployment,
  emptied,
  inputOf,
  makeOrChange,
  placeOf,
  refusedAt,
  resolvedProperties,
} from './deployment.js';

/** AWS::Events::Archive. */
export async function deployArchive(deployment: Deployment, resource: ResourceNode): Promise<void> {
  const { bridge, scope, parts } = deployment;
  const properties = resolvedProperties(scope, resource);
  const source = textMember(properties, 'SourceArn');
  if (source === undefined) {
    const found = member(properties, 'SourceArn');
    if (found === undefined) throw new Problem(resource.place, 'AWS::Events::Archive must have a SourceArn');
    throw new Problem(found.place, `SourceArn must be text, but is ${describeNode(found)}`);
  }
  const given = inputOf(archiveShapes.CreateArchive, properties, resource.type, ['SourceArn', 'ArchiveName']);
  const { KmsKeyIdentifier, ...settings } = given as Omit<CreateArchiveRequest, 'ArchiveName' | 'EventSourceArn'>;
  // CDK says with an empty key that it is AWS's own.
  const changes = KmsKeyIdentifier ? { ...settings, KmsKeyIdentifier } : settings;
  const ArchiveName = physicalName(scope, resource);
  const EventSourceArn = atHome(deployment, source);
  const part = { kind: 'archive', name: ArchiveName } as const;
  const make = () => bridge.createArchive({ ...changes, ArchiveName, EventSourceArn });
  const work = () =>
    makeOrChange<unknown>(deployment, resource, part, {
      make,
      change: async () => {
        const before = await bridge.describeArchive({ ArchiveName });
        const emptyTexts = emptied(before, changes, ['Description', 'EventPattern', 'KmsKeyIdentifier']);
        // An update must be told something, and cannot change the bus: CloudFormation makes another archive.
        if (before.EventSourceArn === EventSourceArn) {
          return bridge.updateArchive({ RetentionDays: 0, ...emptyTexts, ...changes, ArchiveName });
        }
        if (!parts.isHeld(part)) {
          const problem = `the archive ${ArchiveName} is there already, and is one of ${before.EventSourceArn}`;
          throw new Problem(placeOf(properties, 'SourceArn'), problem);
        }
        await bridge.deleteArchive({ ArchiveName });
        return make();
      },
    });
  await refusedAt(resource.place, work, properties);
}
