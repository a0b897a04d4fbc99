import { type Detail, readDetail } from './detail.js';
import type { PutEventsRequestEntry } from './entry.js';

/** Why an entry is refused, in the service's words. */
export interface EntryIssue {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

const longestDetailType = 128;

/**
 * The Detail of an entry, or the first thing wrong with the entry, in the order recorded from the service: Source, DetailType, Detail, then
 * whether Detail is the text of a JSON object. Where an `aws.` source stands in that order is Footbridge's choice: last.
 */
export function validateEntry(entry: PutEventsRequestEntry): Detail | EntryIssue {
  const { Source, DetailType, Detail: text } = entry;
  if (!Source) return invalidArgument('Source', 'Source is a required argument.');
  if (!DetailType) return invalidArgument('DetailType', 'DetailType is a required argument.');
  if (DetailType.length > longestDetailType) {
    return invalidArgument('DetailType', `DetailType must not be longer than ${longestDetailType} characters.`);
  }
  if (!text) return invalidArgument('Detail', 'Detail is a required argument.');
  const detail = readDetail(text);
  if (detail === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  if (Source.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  return detail;
}

function invalidArgument(parameter: string, reason: string): EntryIssue {
  return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${parameter} is not valid. Reason: ${reason}` };
}
