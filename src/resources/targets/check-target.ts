import type { Arn } from '../../base/arn.js';
import { invalid } from '../../base/service-error.js';
import type { Host } from '../../core/plugin.js';
import { deadLetterQueues, targetInputs } from '../../core/recipients.js';
import { pluginNeeded } from '../../core/responses.js';
import { checkDeadLetterQueueArn, malformedArn, parseServiceArn } from '../../core/service-arn.js';
import type { TargetRecord } from '../../model/target.js';
import type { RuleRecord } from '../rules/rule-record.js';
import { checkParameters } from './check-parameters.js';

/**
 * Throws for what PutTargets rejects of one target. Captured and measured are the sentences, and that the ARN comes before the role
 * and before the rule is looked at; the rest of the order is Footbridge's choice.
 */
export function checkTarget(host: Host, rule: RuleRecord, target: TargetRecord, busArn: string): void {
  const { Id, Arn: text, DeadLetterConfig, Input, InputPath, InputTransformer } = target;
  const arn = checkArn(host, text);
  checkRole(host, rule, target, arn);
  const kind = host.targetKind(text);
  const absent = kind === undefined ? host.absentPlugins.ofTarget(text) : undefined;
  if (absent !== undefined) throw pluginNeeded(`Target ${Id}, ${text},`, absent);
  kind?.check?.(target, busArn);
  checkParameters(target, arn);
  const option = Object.entries({ Input, InputPath, InputTransformer }).find(([, value]) => value !== undefined);
  if (option !== undefined) host.require(targetInputs, `${option[0]} of target ${Id}`).check(target);
  if (DeadLetterConfig?.Arn === undefined) return;
  checkDeadLetterQueueArn(host.home, DeadLetterConfig.Arn);
  host.require(deadLetterQueues, `DeadLetterConfig of target ${Id}`);
}

/**
 * Whether a target of a service needs a RoleArn. Measured or captured but for `appsync`, `automation`, `execute-api` and
 * `redshift-serverless`, which follow the documentation.
 */
const roles: Readonly<Record<string, 'required' | 'optional' | 'refused'>> = {
  appsync: 'required',
  automation: 'required',
  batch: 'required',
  codebuild: 'required',
  codepipeline: 'required',
  ecs: 'required',
  events: 'required',
  'execute-api': 'optional',
  firehose: 'required',
  glue: 'required',
  inspector: 'required',
  kinesis: 'required',
  lambda: 'optional',
  logs: 'refused',
  redshift: 'required',
  'redshift-serverless': 'required',
  sagemaker: 'required',
  sns: 'optional',
  sqs: 'optional',
  ssm: 'required',
  'ssm-incidents': 'required',
  states: 'required',
};

/** What the resource in the ARN of a target must be, for the services of which that is known. */
const resources: Readonly<Record<string, RegExp>> = {
  appsync: /^endpoints\/graphql-api\/./u,
  logs: /^log-group:(?!.*:log-stream:)./u,
};

const eventsResource = /^(?:event-bus|api-destination|target)\/./u;

function checkArn(host: Host, text: string): Arn {
  const arn = parseServiceArn(host.home, text);
  const { service, resource } = arn;
  if (service === 'events' && !eventsResource.test(resource)) {
    throw invalid(
      `Parameter ${text} is not valid. Reason: Service as target config for ARN: ${text} not found. The API call hasn't been recognized as managed rules call`,
    );
  }
  if (!Object.hasOwn(roles, service)) throw invalid(`${service} is not a supported service for a target.`);
  if (resources[service]?.test(resource) === false) throw malformedArn(text);
  return arn;
}

function checkRole(host: Host, rule: RuleRecord, { Arn: text, RoleArn }: TargetRecord, { service }: Arn): void {
  if (RoleArn !== undefined) {
    if (roles[service] === 'refused') throw invalid(`RoleArn is not supported for target ${text}.`);
    parseServiceArn(host.home, RoleArn);
    return;
  }
  if (roles[service] !== 'required') return;
  if (service !== 'kinesis') throw invalid(`RoleArn is required for target ${text}.`);
  // That the rule's own role is enough is read from the sentence.
  if (!rule.RoleArn) throw invalid(`Rule ${rule.Name} does not have RoleArn assigned to invoke target ${text}.`);
}
