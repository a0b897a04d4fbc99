import { isBusArn, parseArn } from '../../base/arn.js';
import { findJsonError } from '../../base/json/json-reader.js';
import { sourceLocation } from '../../base/json/json-syntax-error.js';
import { invalid } from '../../base/service-error.js';
import type { Plugin } from '../../core/plugin.js';
import type { TargetInputs } from '../../core/recipients.js';
import { isKnownVariable, parsePaths } from '../../inputs/event-variables.js';
import { parseTemplate, placeholderInName } from '../../inputs/input-template.js';
import { compileInput } from '../../inputs/target-input.js';
import type { InputTransformer, TargetRecord } from '../../model/target.js';

/** Throws the ValidationException for what a target asks of its input. Paths are not looked at, nor are they by the service. */
function checkTargetInput(target: TargetRecord): void {
  const { Id, Arn, Input, InputPath, InputTransformer } = target;
  const given = [Input, InputPath, InputTransformer].filter((option) => option !== undefined).length;
  if (given === 0) return;
  if (given > 1) {
    throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`);
  }
  if (isBusArn(Arn)) throw invalid(`Modifying the input for target ${Id} is not supported`);
  if (Input !== undefined) checkConstant(Id, Input);
  if (InputTransformer !== undefined) checkTransformer(target, InputTransformer);
}

function checkConstant(id: string, input: string): void {
  const error = findJsonError(input);
  if (error === undefined) return;
  // For a character it did not expect, the service was recorded to name the place behind it: column 3 for `{'db_name': …`.
  const offset = /^Unexpected character .*: was expecting/su.test(error.reason) ? error.offset + 1 : error.offset;
  throw invalid(`JSON syntax error in input for target ${id}: ${sourceLocation(input, offset)}`);
}

function checkTransformer({ Id, Arn }: TargetRecord, { InputPathsMap, InputTemplate = '' }: InputTransformer): void {
  // Documented; the sentence is Footbridge's.
  const reserved = Object.keys(InputPathsMap ?? {}).find((name) => name.startsWith('AWS'));
  if (reserved !== undefined) {
    throw invalid(`InputPathsMap for target ${Id} contains invalid key ${reserved}. Keys must not start with AWS.`);
  }
  const paths = parsePaths(InputPathsMap);
  const { kind, pieces } = parseTemplate(InputTemplate);
  for (const piece of pieces) {
    if (piece.kind === 'variable' && !isKnownVariable(paths, piece.name)) {
      throw invalid(`InputTemplate for target ${Id} contains invalid placeholder ${piece.name}.`);
    }
  }
  // Documented; the sentence is Footbridge's.
  const inName = kind === 'json' ? placeholderInName(InputTemplate) : undefined;
  if (inName !== undefined) {
    throw invalid(`InputTemplate for target ${Id} contains placeholder ${inName} in the name of a member.`);
  }
  if (kind === 'string' && parseArn(Arn)?.service === 'logs') {
    throw invalid(`Input for target ${Id} is not a valid JSON text.`);
  }
}

/** `Input`, `InputPath` and `InputTransformer` of targets. */
export function inputTransformers(): Plugin {
  return {
    name: 'inputTransformers',
    install: () => {
      const service: TargetInputs = {
        check: checkTargetInput,
        compile: (target, { Arn: ruleArn, Name: ruleName }) => {
          const build = compileInput(target);
          return build && ((event, acceptedAt) => build({ event, acceptedAt, ruleArn, ruleName }));
        },
      };
      return { service };
    },
  };
}
