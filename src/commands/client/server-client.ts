import { UsageError } from '../command-io.js';

/** A request with a JSON body. */
export interface ServerRequest {
  readonly url: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Posts JSON. Throws a UsageError if no server answers; rejects like `fetch` when the signal aborts. */
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
    throw new UsageError(`no server answers at ${new URL(url).origin} (${unreachableReason(error)})`);
  }
}

/** Returns why a `fetch` failed: its own message does not say. */
export function unreachableReason(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: unknown; message?: unknown }; message?: unknown };
  return String(cause?.code ?? cause?.message ?? message ?? error);
}

/**
 * Returns name and message of an error response in AWS's form, whose name may be in the header `x-amzn-errortype`; for any other
 * response its status and the start of its text.
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
    // Not JSON: see below.
  }
  return { name: `status ${status}`, message: text.trim().slice(0, 200) };
}

const defaultEndpoint = 'http://127.0.0.1:4010';
const variables = ['AWS_ENDPOINT_URL_EVENTBRIDGE', 'AWS_ENDPOINT_URL'];

/**
 * Returns the URL of the server, without a trailing slash: from the option, then from the environment variables of the AWS SDKs and
 * CLI, then where `footbridge serve` listens. Throws a UsageError for an invalid URL.
 */
export function readEndpoint(option: string | undefined, environment: Readonly<Record<string, string | undefined>>) {
  if (option !== undefined) return readHttpUrl(option, '--endpoint');
  const variable = variables.find((name) => environment[name]);
  return variable === undefined ? defaultEndpoint : readHttpUrl(environment[variable] as string, variable);
}

/** Reads an HTTP URL, without a trailing slash. `name` is what gave it, for the UsageError. */
export function readHttpUrl(text: string, name: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`${name} must be a URL such as ${defaultEndpoint}, but is ${JSON.stringify(text)}`);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
