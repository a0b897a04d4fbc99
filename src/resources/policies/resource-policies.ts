import { mapShape, textShape } from '../../base/json/json-shape.js';
import type { Plugin, ServiceKey } from '../../core/plugin.js';
import { createFailure } from '../../delivery/outcome.js';
import type { Receiver } from '../../delivery/recipient.js';
import { actionFor, noPermissions } from '../../targets/aws-failures.js';
import { ResourcePolicies } from '../../targets/resource-policy.js';
import type { RuleTarget } from '../../targets/target-kind.js';

export const policyService: ServiceKey<ResourcePolicies> = { plugin: 'resourcePolicies' };

const policiesShape = mapShape(textShape);

/** Resource policies of queues, topics and functions. A delivery that a policy does not allow fails with `NO_PERMISSIONS`. */
export function resourcePolicies(): Plugin {
  return {
    name: 'resourcePolicies',
    // Snapshots made before there were policies have none.
    state: { policies: (value, path) => (value === undefined ? undefined : policiesShape(value, path)) },
    members: ({ openHost, addInternals }) => {
      addInternals({
        setPolicy: (arn: string, policy: string | object) =>
          openHost().require(policyService, 'A policy').set(arn, policy),
      });
      return {};
    },
    install: () => {
      const policies = new ResourcePolicies();
      return {
        service: policies,
        wrapReceiver: (receiver, target) => withPolicy(receiver, target, policies),
        save: () => ({ policies: policies.save() }),
        load: (state: { readonly policies?: Readonly<Record<string, string>> }) => policies.load(state.policies ?? {}),
      };
    },
  };
}

function withPolicy(
  receiver: Receiver,
  { arn, ruleArn, RoleArn: role }: RuleTarget,
  policies: ResourcePolicies,
): Receiver {
  const action = actionFor(arn);
  if (action === undefined) return receiver;
  return {
    get attemptOptions() {
      return receiver.attemptOptions;
    },
    attempt: (request) => {
      const decision = policies.decide({ action, resource: arn, role, ruleArn });
      if (decision === 'allowed') return receiver.attempt(request);
      const failure = createFailure('handler', 'NO_PERMISSIONS', noPermissions(arn, role, decision));
      return { kind: 'failure', failure };
    },
  };
}
