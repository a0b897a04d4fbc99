import { ServiceError } from '../base/service-error.js';
import { describeValue } from '../base/unknown-value.js';
import { apiModel } from '../bridge/api-model.js';
import { operationTable } from '../bridge/operation-table.js';
import type { OperationName, Operations } from '../bridge/operations.js';
import { readInput } from '../model/read-input.js';
import { validateInput } from '../model/validate-input.js';
import type { OperationContext } from './old-context.js';
import { decodeToken, encodeToken } from './pages.js';

const partners = 'a bridge has no partner event sources';
const endpoints = 'a bridge has no global endpoints';

/** What EventBridge can do and a Bridge cannot, and why. */
const reasons: Readonly<Record<string, string>> = {
  ActivateEventSource: partners,
  CreatePartnerEventSource: partners,
  DeactivateEventSource: partners,
  DeletePartnerEventSource: partners,
  DescribeEventSource: partners,
  DescribePartnerEventSource: partners,
  ListEventSources: partners,
  ListPartnerEventSourceAccounts: partners,
  ListPartnerEventSources: partners,
  PutPartnerEvents: partners,
  CreateEndpoint: endpoints,
  DeleteEndpoint: endpoints,
  DescribeEndpoint: endpoints,
  ListEndpoints: endpoints,
  UpdateEndpoint: endpoints,
};

/** The refusal of what is no operation of a Bridge; `known` are those that are. The sentences are Footbridge's. */
export function unknownOperation(name: unknown, known: readonly string[]): ServiceError {
  return new ServiceError(
    'UnknownOperationException',
    typeof name === 'string'
      ? sentence(name, known)
      : `The name of an operation must be a string, but is ${describeValue(name)}.`,
  );
}

function sentence(name: string, known: readonly string[]): string {
  if (Object.hasOwn(reasons, name))
    return `Footbridge has no operation ${name}, which EventBridge has: ${reasons[name]}.`;
  if (Object.hasOwn(apiModel, name)) return `Footbridge has no operation ${name}, which EventBridge has.`;
  const meant = known.find((other) => other.toLowerCase() === name.toLowerCase());
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return `EventBridge has no operation ${name.slice(0, 100)}.${hint}`;
}

/** Performs an operation on whatever it is given. Every refusal is a thrown ServiceError. */
export function perform<Name extends OperationName>(
  context: OperationContext,
  name: Name,
  input: unknown,
): Operations[Name]['output'] {
  if (typeof name !== 'string' || !Object.hasOwn(operationTable, name)) {
    throw unknownOperation(name, Object.keys(operationTable));
  }
  const shape = apiModel[name];
  let read: Record<string, unknown> | undefined;
  try {
    read = readInput(shape, input);
    validateInput(shape, read);
    const opened = decodeToken(name, read);
    const output = encodeToken(name, operationTable[name](context, opened as unknown as Operations[Name]['input']));
    context.called({ kind: 'answered', operation: name, input: read, output });
    return output;
  } catch (error) {
    context.called({ kind: 'refused', operation: name, input: read, error });
    throw error;
  }
}
