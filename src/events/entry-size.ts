import { utf8Length } from '../base/utf8-length.js';
import type { PutEventsRequestEntry } from './entry.js';

/**
 * The size of an entry in bytes, as the user guide counts it: 14 for a Time, and the UTF-8 lengths of Source,
 * DetailType, Detail and each of Resources. Bus name and trace header are free.
 */
export function entrySize(entry: PutEventsRequestEntry): number {
  let size = entry.Time === undefined ? 0 : 14;
  size += utf8Length(entry.Source ?? '') + utf8Length(entry.DetailType ?? '') + utf8Length(entry.Detail ?? '');
  for (const resource of entry.Resources ?? []) size += utf8Length(resource);
  return size;
}
