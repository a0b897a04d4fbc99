import { invalid } from '../base/service-error.js';

interface Paged {
  NextToken?: string | undefined;
}

/** Makes the last key of a page a token that only this operation takes. */
export function sealToken<Output extends object>(operation: string, output: Output & Paged): Output {
  if (output.NextToken === undefined) return output;
  return { ...output, NextToken: btoa(`${operation} ${output.NextToken}`) };
}

/** Throws a ValidationException for what is no token of this operation, as all of another list would be skipped unseen. */
export function openToken<Input extends object>(operation: string, input: Input & Paged): Input {
  if (input.NextToken === undefined) return input;
  const [of, key] = textOf(input.NextToken).split(' ');
  if (of !== operation || key === undefined) throw invalid('Parameter NextToken is not valid.');
  return { ...input, NextToken: key };
}

function textOf(token: string): string {
  try {
    return atob(token);
  } catch {
    return '';
  }
}
