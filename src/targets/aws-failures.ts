import { parseArn } from '../base/arn.js';
import { requestIds } from '../base/random.js';
import type { PolicyDecision } from './resource-policy.js';

/** How a service behind a target words that a call is not allowed. All captured (September 2026). */
interface ServiceWords {
  readonly action: string;
  readonly service: string;
  readonly status: number;
  readonly code: string;
}

const servicesByArn: ReadonlyMap<string, ServiceWords> = new Map([
  ['sqs', { action: 'sqs:sendmessage', service: 'AmazonSQS', status: 403, code: 'AccessDenied' }],
  ['sns', { action: 'SNS:Publish', service: 'AmazonSNS', status: 403, code: 'AuthorizationError' }],
  [
    'lambda',
    { action: 'lambda:InvokeFunction', service: 'AWSLambdaInternal', status: 403, code: 'AccessDeniedException' },
  ],
  ['ecs', { action: 'ecs:RunTask', service: 'AmazonECS', status: 400, code: 'AccessDeniedException' }],
]);

/** The action that EventBridge needs to be allowed for a target, `undefined` where none was captured. */
export function actionFor(arn: string): string | undefined {
  return wordsFor(arn)?.action;
}

/** AWS's sentence for a delivery that a policy does not allow. */
export function noPermissions(arn: string, role: string | undefined, decision: PolicyDecision): string {
  const words = wordsFor(arn);
  if (words === undefined) return `EventBridge is not allowed to deliver to ${arn}.`;
  const { action } = words;
  const why =
    decision === 'denied'
      ? 'with an explicit deny in a resource-based policy'
      : `because no ${role === undefined ? 'resource-based' : 'identity-based'} policy allows the ${action} action`;
  return `User: ${userOf(role)} is not authorized to perform: ${action} on resource: ${arn} ${why} ${suffix(words)}`;
}

/** AWS's sentence for an error code that a fault injects without one, `undefined` if none was captured. */
export function messageFor(code: string, arn: string, role: string | undefined): string | undefined {
  const service = parseArn(arn)?.service;
  if (code === 'NO_PERMISSIONS' && wordsFor(arn) !== undefined) return noPermissions(arn, role, 'not-allowed');
  if (code === 'FAILED_TO_ASSUME_ROLE' && role !== undefined) {
    const words = { service: 'AWSSecurityTokenService', status: 403, code: 'AccessDenied' };
    return `User: events.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: ${role} ${suffix(words)}`;
  }
  if (code === 'NO_RESOURCE' && service === 'sqs') {
    const words = { service: 'AmazonSQS', status: 400, code: 'AWS.SimpleQueueService.NonExistentQueue' };
    return `The specified queue does not exist or you do not have access to it. ${suffix(words)}`;
  }
  return code === 'INVALID_JSON' ? 'Invalid input for target.' : undefined;
}

function wordsFor(arn: string): ServiceWords | undefined {
  return servicesByArn.get(parseArn(arn)?.service ?? '');
}

/** A role has a session of its own for each delivery. */
function userOf(role: string | undefined): string {
  if (role === undefined) return 'events.amazonaws.com';
  const { partition = 'aws', account = '' } = parseArn(role) ?? {};
  return `arn:${partition}:sts::${account}:assumed-role/${role.split('/').at(-1)}/${requestIds().replaceAll('-', '')}`;
}

function suffix({ service, status, code }: Omit<ServiceWords, 'action'>): string {
  return `(Service: ${service}; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestIds()}; Proxy: null)`;
}
