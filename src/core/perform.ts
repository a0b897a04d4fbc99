import { ServiceError } from '../base/service-error.js';
import { describeValue } from '../base/unknown-value.js';
import { readInput } from '../model/read-input.js';
import { validateInput } from '../model/validate-input.js';
import { decodeToken, encodeToken } from './pages.js';
import type { Host, PutEventsCaller } from './plugin.js';

/** What EventBridge can do and a bridge cannot, and why. */
const unsupported: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:(?:Activate|Deactivate|Describe)EventSource|ListEventSources|(?:Create|Delete|Describe)PartnerEventSource|ListPartnerEventSource(?:Account)?s|PutPartnerEvents)$/,
    'a bridge has no partner event sources',
  ],
  [/^(?:(?:Create|Delete|Describe|Update)Endpoint|ListEndpoints)$/, 'a bridge has no global endpoints'],
];

/** Performs an operation on whatever it is given. Every rejection is a thrown ServiceError. */
export function perform(host: Host, name: string, input: unknown): object | Promise<object> {
  if (typeof name !== 'string' || !Object.hasOwn(host.operations, name)) throw unknownOperation(host, name);
  const shape = host.operations[name]?.shape as NonNullable<(typeof host.operations)[string]>['shape'];
  let read: Record<string, unknown> | undefined;
  try {
    read = readInput(shape, input);
    validateInput(shape, read);
  } catch (error) {
    host.onCall({ kind: 'failed', operation: name, shape, input: read, error });
    throw error;
  }
  return performValidated(host, name, read);
}

/** The same on an input that has the operation's shape. */
export function performValidated(
  host: Host,
  name: string,
  input: object,
  caller?: PutEventsCaller,
): object | Promise<object> {
  const { shape, perform } = host.operations[name] as NonNullable<(typeof host.operations)[string]>;
  const answered = (result: object): object => {
    const output = encodeToken(name, input, result);
    host.onCall({ kind: 'succeeded', operation: name, shape, input, output });
    return output;
  };
  const refused = (error: unknown): never => {
    host.onCall({ kind: 'failed', operation: name, shape, input, error });
    throw error;
  };
  try {
    const result = perform(host, decodeToken(name, input) as never, caller);
    return result instanceof Promise ? result.then(answered, refused) : answered(result);
  } catch (error) {
    return refused(error);
  }
}

/** The rejection of what is not an operation of this bridge. The sentences are Footbridge's. */
function unknownOperation(host: Host, name: unknown): ServiceError {
  return new ServiceError(
    'UnknownOperationException',
    typeof name === 'string'
      ? unknownReason(host, name)
      : `The name of an operation must be a string, but is ${describeValue(name)}.`,
  );
}

function unknownReason({ operations, absentPlugins }: Host, name: string): string {
  const reason = unsupported.find(([names]) => names.test(name))?.[1];
  if (reason !== undefined) return `Footbridge has no operation ${name}, which EventBridge has: ${reason}.`;
  const plugin = absentPlugins.ofOperation(name);
  if (plugin !== undefined) {
    return `This bridge has no operation ${name}: it needs the plugin ${plugin}, createBridge({ plugins: [${plugin}()] }).`;
  }
  const meant = Object.keys(operations).find((other) => other.toLowerCase() === name.toLowerCase());
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return `EventBridge has no operation ${name.slice(0, 100)}.${hint}`;
}
