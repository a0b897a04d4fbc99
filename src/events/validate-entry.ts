import { isDeeperThan } from '../base/json-depth.js';
import type { PutEventsRequestEntry } from './entry.js';

/** Why an entry is refused, in the service's words. */
export interface EntryIssue {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

/** An entry that `validateEntry` found nothing wrong with. */
export type ValidEntry = PutEventsRequestEntry & {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
};

const longestDetailType = 128;
const deepestDetail = 1000;

/**
 * The first thing wrong with an entry, in the order recorded from the service: Source, DetailType, Detail, then
 * whether Detail is the text of a JSON object. Where an `aws.` source stands in that order is Footbridge's choice: last.
 */
export function validateEntry(entry: PutEventsRequestEntry): EntryIssue | undefined {
  const { Source, DetailType, Detail } = entry;
  if (!Source) return invalidArgument('Source', 'Source is a required argument.');
  if (!DetailType) return invalidArgument('DetailType', 'DetailType is a required argument.');
  if (DetailType.length > longestDetailType) {
    return invalidArgument('DetailType', `DetailType must not be longer than ${longestDetailType} characters.`);
  }
  if (!Detail) return invalidArgument('Detail', 'Detail is a required argument.');
  if (!isDetail(Detail)) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  if (Source.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  return undefined;
}

function invalidArgument(parameter: string, reason: string): EntryIssue {
  return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${parameter} is not valid. Reason: ${reason}` };
}

/** True for the text of a JSON object in which nothing stands more than 1,000 levels deep. */
export function isDetail(text: string): boolean {
  // Measured before it is parsed: not every runtime's JSON.parse survives a hundred thousand levels.
  if (isDeeperThan(text, deepestDetail)) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
