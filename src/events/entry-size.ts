import { utf8Length } from '../base/utf8-length.js';
import type { PutEventsRequestEntry } from './entry.js';

const timeSize = 14;
/** What one character of a text takes at most in UTF-8. */
const longestUnit = 3;

/**
 * The size of an entry in bytes, as the user guide counts it: 14 for a Time, and the UTF-8 lengths of Source,
 * DetailType, Detail and each of Resources. Bus name and trace header are free.
 */
export function entrySize(entry: PutEventsRequestEntry): number {
  let size = entry.Time === undefined ? 0 : timeSize;
  size += utf8Length(entry.Source ?? '') + utf8Length(entry.DetailType ?? '') + utf8Length(entry.Detail ?? '');
  for (const resource of entry.Resources ?? []) size += utf8Length(resource);
  return size;
}

/** Whether the entries together are as large as a request must not be. Counts bytes only where the lengths leave it open. */
export function isTooLarge(entries: readonly PutEventsRequestEntry[], requestBytes: number): boolean {
  let units = 0;
  for (const { Source = '', DetailType = '', Detail = '', Resources } of entries) {
    units += timeSize + Source.length + DetailType.length + Detail.length;
    if (Resources !== undefined) for (const resource of Resources) units += resource.length;
  }
  if (units * longestUnit < requestBytes) return false;
  return entries.reduce((sum, entry) => sum + entrySize(entry), 0) >= requestBytes;
}
