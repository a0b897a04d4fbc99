import { invalid } from '../../base/service-error.js';
import type { Plugin } from '../../core/plugin.js';
import type { TargetInputs } from '../../core/recipients.js';
import { inputProblem } from '../../inputs/check-input.js';
import { compileInput } from '../../inputs/target-input.js';

/** `Input`, `InputPath` and `InputTransformer` of targets. */
export function inputTransformers(): Plugin {
  return {
    name: 'inputTransformers',
    install: () => {
      const service: TargetInputs = {
        check: (target) => {
          const problem = inputProblem(target);
          if (problem !== undefined) throw invalid(problem);
        },
        compile: (target, { Arn: ruleArn, Name: ruleName }) => {
          const build = compileInput(target);
          return build && ((event, acceptedAt) => build({ event, acceptedAt, ruleArn, ruleName }));
        },
      };
      return { service };
    },
  };
}
