import { UnusableInput } from './unusable-input.js';

const usual = 'http://127.0.0.1:4010';
const variables = ['AWS_ENDPOINT_URL_EVENTBRIDGE', 'AWS_ENDPOINT_URL'];

/**
 * Where a running server is asked, without a slash at the end: what the option says, else the variables by which SDKs
 * and the AWS CLI go, in their order, else where `footbridge serve` listens. Throws an UnusableInput for what is no URL.
 */
export function readEndpoint(option: string | undefined, environment: Readonly<Record<string, string | undefined>>) {
  if (option !== undefined) return readHttpUrl(option, '--endpoint');
  const variable = variables.find((name) => environment[name]);
  return variable === undefined ? usual : readHttpUrl(environment[variable] as string, variable);
}

/** A URL of HTTP, without a slash at the end. Throws an UnusableInput that names what said it. */
export function readHttpUrl(text: string, name: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UnusableInput(`${name} must be a URL such as ${usual}, but is ${JSON.stringify(text)}`);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
