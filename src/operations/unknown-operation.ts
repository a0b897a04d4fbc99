import { ServiceError } from '../base/service-error.js';
import { describeValue } from '../base/unknown-value.js';
import { apiModel } from '../model/api-model.js';

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
