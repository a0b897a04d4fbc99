import { type AccountRegion, makeArn, makeRuleArn } from '../../base/arn.js';
import { compactJson, endOfString } from '../../base/json/json-text.js';
import type { RuleRecord } from '../rules/rule-record.js';
import type { ArchiveRecord } from './archive-record.js';

// The rule by which an archive gets its events, as recorded from the service.

const prefix = 'Events-Archive-';
const managedBy = 'prod.vhs.events.aws.internal';
/** Of an event that is replayed it is there: no event is archived twice. */
const notReplayedPattern = '"replay-name":[{"exists":false}]';

export function managedRuleName(archive: string): string {
  return `${prefix}${archive}`;
}

/** The pattern of the rule of an archive with this pattern, which is valid: without blanks, and in place of a replay-name its own. */
export function managedPattern(pattern: string | undefined): string {
  const members = pattern === undefined ? [] : membersOf(compactJson(pattern));
  const others = members.filter((member) => JSON.parse(`{${member}}`)['replay-name'] === undefined);
  return `{${[notReplayedPattern, ...others].join(',')}}`;
}

/** The texts of the members of an object. */
function membersOf(object: string): readonly string[] {
  const members: string[] = [];
  let depth = 0;
  let start = 1;
  for (let at = 0; at < object.length; at++) {
    const character = object.charAt(at);
    if (character === '"') at = endOfString(object, at);
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    if (depth > 1 || (depth === 1 && character !== ',')) continue;
    members.push(object.slice(start, at));
    start = at + 1;
  }
  return members;
}

/** The rule of an archive on its bus. */
export function makeManagedRule(
  home: AccountRegion,
  bus: string,
  { Name, Arn, Id, EventPattern }: ArchiveRecord,
): RuleRecord {
  const name = managedRuleName(Name);
  return {
    Name: name,
    Arn: makeRuleArn(home, bus, name),
    EventBusName: bus,
    EventPattern: managedPattern(EventPattern),
    State: 'ENABLED',
    CreatedBy: home.account,
    ManagedBy: managedBy,
    Tags: [],
    Targets: [
      {
        Id: name,
        Arn: archiveTarget(home),
        InputTransformer: {
          InputPathsMap: {},
          InputTemplate: `{"archive-arn": ${JSON.stringify(`${Arn}:${Id}`)},"event": <aws.events.event.json>,"ingestion-time": <aws.events.event.ingestion-time>}`,
        },
      },
    ],
  };
}

/** The name of the archive that a rule feeds, if it feeds one. */
export function archiveNameOf(home: AccountRegion, { Name, ManagedBy, Targets }: RuleRecord): string | undefined {
  const isManaged = ManagedBy === managedBy && Name.startsWith(prefix);
  return isManaged && Targets.some(({ Arn }) => Arn === archiveTarget(home)) ? Name.slice(prefix.length) : undefined;
}

/** `arn:aws:events:us-east-1:::` */
function archiveTarget({ region }: AccountRegion): string {
  return makeArn({ account: '', region }, 'events', ':');
}
