import { type Home, makeArn, makeRuleArn } from '../base/arn.js';
import type { ArchiveRecord } from '../state/archive-record.js';
import type { RuleRecord } from '../state/rule-record.js';

// The rule by which an archive gets its events, as recorded from the service.

const prefix = 'Events-Archive-';
const manager = 'prod.vhs.events.aws.internal';
/** Of an event that is replayed it is there: no event is archived twice. */
const notReplayed = '"replay-name":[{"exists":false}]';

export function managedRuleName(archive: string): string {
  return `${prefix}${archive}`;
}

/** The pattern of the rule of an archive with this pattern. */
export function managedPattern(pattern: string | undefined): string {
  const members = pattern === undefined ? '' : pattern.slice(0, pattern.lastIndexOf('}'));
  return pattern === undefined ? `{${notReplayed}}` : `${members},${notReplayed}}`;
}

/** The rule of an archive on its bus. */
export function makeManagedRule(home: Home, bus: string, { Name, Arn, EventPattern }: ArchiveRecord): RuleRecord {
  const name = managedRuleName(Name);
  return {
    Name: name,
    Arn: makeRuleArn(home, bus, name),
    EventBusName: bus,
    EventPattern: managedPattern(EventPattern),
    State: 'ENABLED',
    CreatedBy: home.account,
    ManagedBy: manager,
    Tags: [],
    Targets: [
      {
        Id: name,
        Arn: archiveTarget(home),
        InputTransformer: {
          InputPathsMap: {},
          InputTemplate: `{"archive-arn": ${JSON.stringify(Arn)}, "event": <aws.events.event.json>, "ingestion-time": <aws.events.event.ingestion-time>}`,
        },
      },
    ],
  };
}

/** The name of the archive that a rule feeds, if it feeds one. */
export function archiveOf(home: Home, { Name, ManagedBy, Targets }: RuleRecord): string | undefined {
  const isManaged = ManagedBy === manager && Name.startsWith(prefix);
  return isManaged && Targets.some(({ Arn }) => Arn === archiveTarget(home)) ? Name.slice(prefix.length) : undefined;
}

/** `arn:aws:events:us-east-1:::` */
function archiveTarget({ region }: Home): string {
  return makeArn({ account: '', region }, 'events', ':');
}
