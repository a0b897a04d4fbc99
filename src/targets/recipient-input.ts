import type { Recipient } from '../delivery/recipient.js';
import { formatTime } from '../events/event-time.js';
import { compileInput } from '../inputs/target-input.js';
import type { RuleRecord } from '../state/rule-record.js';
import type { TargetRecord } from '../state/target-record.js';

/** Makes what a target is sent, whose path or template is read once; `undefined` if that is the event as it is. */
export function recipientInput(rule: RuleRecord, target: TargetRecord): Recipient['input'] {
  const { Input, InputPath, InputTransformer } = target;
  if (Input === undefined && InputPath === undefined && InputTransformer === undefined) return undefined;
  const makeInput = compileInput(target);
  return ({ text }, acceptedAt) => {
    return makeInput({ text, ruleArn: rule.Arn, ruleName: rule.Name, ingestionTime: formatTime(acceptedAt / 1000) });
  };
}
