import { mapShape, textShape } from '../../base/json/json-shape.js';
import type { BridgeAccess, Plugin } from '../../core/plugin.js';
import { createFailure } from '../../delivery/outcome.js';
import type { Receiver } from '../../delivery/recipient.js';
import { actionFor, noPermissions } from '../../targets/aws-failures.js';
import { ResourcePolicies } from '../../targets/resource-policy.js';
import type { RuleTarget } from '../../targets/target-kind.js';
import { resourcePolicies as service } from '../queues/queues.js';

/** Resource-based policies of queues, topics and functions, which deliveries to them then need. */
export function resourcePolicies(): Plugin {
  return {
    name: 'resourcePolicies',
    optionalState: { policies: mapShape(textShape) },
    members: ({ openHost, addInternals }: BridgeAccess) => {
      const set = (arn: string, policy: string | object) => openHost().require(service, 'A policy').set(arn, policy);
      addInternals({ setPolicy: set });
      return {};
    },
    install: () => {
      const policies = new ResourcePolicies();
      return {
        service: policies,
        wrapReceiver: (receiver, target) => withPolicy(receiver, target, policies),
        save: () => {
          const saved = policies.save();
          return Object.keys(saved).length === 0 ? {} : { policies: saved };
        },
        load: (state: { readonly policies?: Readonly<Record<string, string>> }) => policies.load(state.policies ?? {}),
      };
    },
  };
}

/** Fails attempts that the target's resource policy does not allow. */
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
