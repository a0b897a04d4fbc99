import { endOfString } from './compact-json.js';

/** True if objects and arrays of a JSON text stand more than `limit` deep in one another. Of valid JSON; of other text it may miss a few levels more. */
export function isDeeperThan(text: string, limit: number): boolean {
  // Each level has an opening and a closing bracket.
  if (text.length <= 2 * limit) return false;
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
