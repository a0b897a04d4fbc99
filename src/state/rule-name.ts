import { type Home, makeRuleArn } from '../base/arn.js';

/** The name in the ARN of a rule on this bus, whether there is one or not; `undefined` for any other text. */
export function ruleNameOf(home: Home, bus: string, arn: string): string | undefined {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  return name !== '' && arn === makeRuleArn(home, bus, name) ? name : undefined;
}
