/** A prototype, or what else has a `send`. */
export interface Sender {
  send(this: object, ...input: unknown[]): unknown;
}

/**
 * What of a client or its prototype has the `send` of the SDK's base class, which clients of all services extend: below
 * what a class that extends, or a mock, has put in its place.
 */
export function clientBase(client: Sender): Sender {
  let base = client;
  for (let next = client; next !== null && 'send' in next; next = Object.getPrototypeOf(next)) {
    if (Object.hasOwn(next, 'send')) base = next;
  }
  return base;
}
