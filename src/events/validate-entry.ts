import { exceedsDepth } from '../base/json/json-text.js';
import type { PutEventsRequestEntry } from './entry.js';

/** Why an entry is rejected, in the service's words. */
export interface EntryError {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

const maxDetailTypeLength = 128;

/**
 * The Detail of an entry, or the first thing wrong with the entry, in the order recorded from the service: Source, DetailType, Detail, then
 * whether Detail is the text of a JSON object. That an `aws.` source is checked last is Footbridge's choice.
 */
export function validateEntry(entry: PutEventsRequestEntry): Detail | EntryError {
  const { Source, DetailType, Detail: text } = entry;
  if (!Source) return invalidArgument('Source', 'Source is a required argument.');
  if (!DetailType) return invalidArgument('DetailType', 'DetailType is a required argument.');
  if (DetailType.length > maxDetailTypeLength) {
    return invalidArgument('DetailType', `DetailType must not be longer than ${maxDetailTypeLength} characters.`);
  }
  if (!text) return invalidArgument('Detail', 'Detail is a required argument.');
  const detail = parseDetail(text);
  if (detail === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  if (Source.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  return detail;
}

function invalidArgument(parameter: string, reason: string): EntryError {
  return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${parameter} is not valid. Reason: ${reason}` };
}

/** A Detail that is the text of a JSON object, and the object: parsed once, to prove it and for all subscribers. */
export interface Detail {
  /** As it was given, white space and all. */
  readonly text: string;
  readonly value: object;
}

const maxDepth = 1000;

/** Parses a Detail; returns `undefined` if it is not the text of a JSON object, or is nested more than 1,000 levels deep. */
export function parseDetail(text: string): Detail | undefined {
  // Measured before it is parsed: not every runtime's JSON.parse survives a hundred thousand levels.
  if (exceedsDepth(text, maxDepth)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { text, value } : undefined;
  } catch {
    return undefined;
  }
}
