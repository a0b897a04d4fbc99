import { invalid } from '../base/service-error.js';
import { inputProblem } from '../inputs/check-input.js';
import type { TargetRecord } from '../state/target-record.js';

/** Throws the ValidationException for what a target asks of its input. */
export function checkTargetInput(target: TargetRecord): void {
  const problem = inputProblem(target);
  if (problem !== undefined) throw invalid(problem);
}
