import type { ResourceNode, SkippedKind, SkippedResource, TemplateResolver } from '../cloudformation/cloud-template.js';
import { resourceType } from '../cloudformation/resource-types.js';
import { collectProblems, type TemplateProblem } from '../document/template-problem.js';
import { isDeployable } from './deploy.js';

/** The resources whose condition holds; what does not go into the bridge is added to `skipped`. */
export function chooseResources(
  resolver: TemplateResolver,
  skipped: SkippedResource[],
  problems: TemplateProblem[],
): readonly ResourceNode[] {
  return Array.from(resolver.template.resources.values()).filter((resource) =>
    collectProblems(problems, () => {
      const reason = skippedOf(resolver, resource);
      const { logicalId, names, type, location } = resource;
      if (reason !== undefined && !resource.isGenerated)
        skipped.push({ kind: reason.kind, logicalId, names, type, location, reason: reason.text });
      return reason?.isDeployed ?? true;
    }),
  );
}

/** Why a resource does not go into the bridge; `isDeployed` if the others may refer to it all the same. */
interface Skip {
  readonly kind: SkippedKind;
  readonly text: string;
  readonly isDeployed: boolean;
}

/** What can stand behind a target or take dead letters, and is there as soon as a rule names it. */
const usable =
  /^AWS::(?:Lambda::(?:Function|Alias|Version)|SQS::Queue|SNS::Topic|Logs::LogGroup|StepFunctions::StateMachine|Kinesis::Stream|KinesisFirehose::DeliveryStream|ECS::Cluster|Batch::JobQueue|CodeBuild::Project|CodePipeline::Pipeline)$/;

const kinds: Readonly<Record<string, SkippedKind>> = {
  'AWS::Scheduler::Schedule': 'schedule',
  'AWS::Pipes::Pipe': 'pipe',
  'AWS::Lambda::EventSourceMapping': 'event-source',
};

const reasons: Readonly<Record<string, string>> = {
  'AWS::Scheduler::Schedule': 'a schedule of EventBridge Scheduler, which is another service than EventBridge',
  'AWS::Scheduler::ScheduleGroup': 'a group of EventBridge Scheduler, which is another service than EventBridge',
  'AWS::Pipes::Pipe': 'a pipe of EventBridge Pipes, which is another service than EventBridge',
  'AWS::Events::Endpoint': 'a global endpoint, which leads to several regions; a bridge is one',
  'AWS::CloudFormation::Stack': 'a stack of its own: load its template too',
  'AWS::Serverless::Application': 'an application of its own: load its template too',
};

/** Throws a TemplateProblemError for a condition that cannot be resolved. */
function skippedOf(resolver: TemplateResolver, { condition, location, type }: ResourceNode): Skip | undefined {
  if (condition !== undefined && !resolver.holds(condition, location)) {
    return { kind: 'condition', text: `its condition ${condition} does not hold`, isDeployed: false };
  }
  if (isDeployable(type) || usable.test(type)) return undefined;
  const reason = Object.hasOwn(reasons, type) ? reasons[type] : undefined;
  const known = resourceType(type) === undefined ? '' : ', of which only the name and the ARN are known here';
  return {
    kind: kinds[type] ?? 'resource',
    text: reason ?? `${type} is not an EventBridge resource${known}`,
    isDeployed: true,
  };
}
