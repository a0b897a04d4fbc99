import { endOfString } from './compact-json.js';

/** True if objects and arrays of a JSON text stand more than `limit` deep in one another. Needs no valid JSON. */
export function isDeeperThan(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22:
        at = endOfString(text, at);
        break;
      case 0x7b:
      case 0x5b:
        if (++depth > limit) return true;
        break;
      case 0x7d:
      case 0x5d:
        depth--;
        break;
    }
  }
  return false;
}
