import { UnusableInput } from './unusable-input.js';

/** What is sent: a JSON value, or JSON text as it is. */
export interface Question {
  readonly url: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Posts JSON. Throws an UnusableInput if nothing answers there; rejects as `fetch` does when the signal aborts. */
export async function askServer({ url, body, headers, signal }: Question): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new UnusableInput(`nothing answers at ${new URL(url).origin} (${whyUnreachable(error)})`);
  }
}

/** Why a `fetch` got no answer: its own message never says. */
export function whyUnreachable(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: unknown; message?: unknown }; message?: unknown };
  return String(cause?.code ?? cause?.message ?? message ?? error);
}

/**
 * The name and the sentence of a refusal in AWS's form, where a header `x-amzn-errortype` may say the name; of another answer
 * its status and the beginning of its text.
 */
export function readRefusal(
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
