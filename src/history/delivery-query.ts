import { unqualifiedArn } from '../base/arn.js';
import { describeError } from '../base/describe.js';
import { isServiceError, ServiceError } from '../base/service-error.js';
import { describeValue } from '../base/unknown-value.js';
import type { Delivery } from '../delivery/delivery.js';
import type { Outcome } from '../delivery/outcome.js';

/** Selects deliveries: those that match every member. */
export interface DeliveryQuery {
  /** Name of the rule. */
  readonly rule?: string | undefined;
  /** Id of the target, its ARN, or the name of its Lambda function. */
  readonly target?: string | undefined;
  /** Name of the subscription. */
  readonly subscription?: string | undefined;
  /** How they ended. */
  readonly outcome?: Outcome['kind'] | undefined;
}

const members = ['rule', 'target', 'subscription', 'outcome'] as const;
const outcomes: readonly unknown[] = ['delivered', 'dead-lettered', 'failed'] satisfies Outcome['kind'][];

/** Reads a query. Throws ValidationException for unknown members: a misspelt one must not select everything. */
export function readDeliveryQuery(query: DeliveryQuery = {}): DeliveryQuery {
  let read: DeliveryQuery;
  try {
    if (typeof query !== 'object' || query === null) throw invalid(`the query is ${describeValue(query)}`);
    read = { ...query };
  } catch (error) {
    if (isServiceError(error)) throw error;
    throw invalid(`the query cannot be read: ${describeError(error)}`);
  }
  for (const [name, value] of Object.entries(read) as [string, unknown][]) {
    if (!members.some((member) => member === name)) {
      throw invalid(`there is no member ${name}; there are ${members.join(', ')}`);
    }
    if (value === undefined) continue;
    const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : describeValue(value);
    if (typeof value !== 'string') throw invalid(`${name} must be a string, but is ${shown}`);
    if (name === 'outcome' && !outcomes.includes(value)) {
      throw invalid(`outcome must be one of ${outcomes.join(', ')}, but is ${shown}`);
    }
  }
  return read;
}

export function matchesQuery(
  { recipient: { address } }: Delivery,
  kind: string,
  { rule, target, subscription, outcome }: DeliveryQuery,
): boolean {
  if (outcome !== undefined && outcome !== kind) return false;
  if (address.kind === 'subscription') {
    return (
      rule === undefined && target === undefined && (subscription ?? address.subscription) === address.subscription
    );
  }
  if (subscription !== undefined || (rule ?? address.rule) !== address.rule) return false;
  return (
    target === undefined || target === address.targetId || target === address.arn || isFunctionName(target, address.arn)
  );
}

function isFunctionName(name: string, arn: string): boolean {
  return /^arn:[^:]*:lambda:[^:]*:[^:]*:function:(.+)$/s.exec(unqualifiedArn(arn))?.[1] === name;
}

function invalid(reason: string): ServiceError {
  return new ServiceError('ValidationException', `history.deliveries: ${reason}.`);
}
