import { UsageError } from '../command-io.js';

/** What is sent: a JSON value, or JSON text as it is. */
export interface ServerRequest {
  readonly url: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Posts JSON. Throws an UnusableInput if nothing answers there; rejects as `fetch` does when the signal aborts. */
export async function requestServer({ url, body, headers, signal }: ServerRequest): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new UsageError(`nothing answers at ${new URL(url).origin} (${unreachableReason(error)})`);
  }
}

/** Why a `fetch` got no answer: its own message never says. */
export function unreachableReason(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: unknown; message?: unknown }; message?: unknown };
  return String(cause?.code ?? cause?.message ?? message ?? error);
}

/**
 * The name and the sentence of a refusal in AWS's form, where a header `x-amzn-errortype` may say the name; of another answer
 * its status and the beginning of its text.
 */
export function readError(
  status: number,
  text: string,
  errorType?: string | null,
): { readonly name: string; readonly message: string } {
  try {
    const { __type: type = errorType, message, Message } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    if (typeof type === 'string') {
      // `com.amazonaws.events#Name` and `Name:http://…` are other spellings of a name.
      const name = type.replace(/^.*#/, '').replace(/:.*$/s, '');
      return { name, message: String(message ?? Message ?? '') };
    }
  } catch {
    // Told below.
  }
  return { name: `status ${status}`, message: text.trim().slice(0, 200) };
}

const defaultEndpoint = 'http://127.0.0.1:4010';
const variables = ['AWS_ENDPOINT_URL_EVENTBRIDGE', 'AWS_ENDPOINT_URL'];

/**
 * Where a running server is asked, without a slash at the end: what the option says, else the variables by which SDKs
 * and the AWS CLI go, in their order, else where `footbridge serve` listens. Throws an UnusableInput for what is no URL.
 */
export function readEndpoint(option: string | undefined, environment: Readonly<Record<string, string | undefined>>) {
  if (option !== undefined) return readHttpUrl(option, '--endpoint');
  const variable = variables.find((name) => environment[name]);
  return variable === undefined ? defaultEndpoint : readHttpUrl(environment[variable] as string, variable);
}

/** A URL of HTTP, without a slash at the end. Throws an UnusableInput that names what said it. */
export function readHttpUrl(text: string, name: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`${name} must be a URL such as ${defaultEndpoint}, but is ${JSON.stringify(text)}`);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
