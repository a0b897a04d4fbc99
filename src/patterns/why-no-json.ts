import { describeError } from '../base/describe-error.js';

/** Why `JSON.stringify` failed, in a line; whatever was thrown. */
export function whyNoJson(error: unknown): string {
  const [told = ''] = describeError(error).split('\n', 1);
  return /call stack|recursion/.test(told) ? 'it is nested too deeply' : told.replace(/^\w*Error: /, '');
}
