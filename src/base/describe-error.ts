/** What was thrown, as an Error: itself, if it is one. */
export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(describeError(error));
}

/** What a handler threw, as a line of text: `Error: card declined`. Never throws, whatever was thrown. */
export function describeError(error: unknown): string {
  try {
    if (typeof error !== 'object' || error === null) return String(error);
    const { name, message } = error as { name?: unknown; message?: unknown };
    if (typeof message !== 'string') return JSON.stringify(error) ?? String(error);
    return typeof name === 'string' && name !== '' ? `${name}: ${message}` : message;
  } catch {
    return 'something that cannot be shown';
  }
}
