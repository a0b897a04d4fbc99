import { isBusArn, parseArn } from '../base/arn.js';
import { findJsonError } from '../base/json/json-reader.js';
import { type JsonSyntaxError, jacksonLocation } from '../base/json/json-syntax-error.js';
import type { InputTransformer, TargetRecord } from '../model/target.js';
import { isReservedVariable, placeholdersOf } from './input-template.js';
import { jsonValues, parsePath } from './json-slice.js';

/**
 * Returns AWS's sentence for what PutTargets rejects about a target's input, `undefined` if nothing is wrong. The sentences are
 * captured (September 2026), except for a bus target and text for a log group: those are third parties' reports.
 */
export function inputProblem(target: TargetRecord): string | undefined {
  const { Id, Arn, Input, InputPath, InputTransformer } = target;
  const given = [Input, InputPath, InputTransformer].filter((option) => option !== undefined).length;
  if (given === 0) return undefined;
  if (given > 1) return `Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`;
  if (isBusArn(Arn)) return `Modifying the input for target ${Id} is not supported.`;
  const service = parseArn(Arn)?.service;
  if (service === 'logs' && InputTransformer === undefined) {
    return `Input and InputPath are not valid forms of input for target ${Id}. The only valid form of input is InputTransformer.`;
  }
  if (service === 'ecs' && InputPath !== undefined) {
    return `InputPath is not a valid form of input for target ${Id}. The only valid forms of input are Input and InputTransformer.`;
  }
  if (Input !== undefined) return constantProblem(Id, Input);
  if (InputPath !== undefined) return InputPath === '' ? undefined : pathProblem(Id, InputPath);
  const problem = InputTransformer && transformerProblem(Id, InputTransformer);
  // A third party's report, of a log group as well.
  const isText = !/^\s*\{/u.test(InputTransformer?.InputTemplate ?? '');
  return problem ?? (service === 'logs' && isText ? `Input for target ${Id} is not a valid JSON text.` : undefined);
}

/** An empty Input is accepted, and nothing is delivered. */
function constantProblem(id: string, input: string): string | undefined {
  const error = input === '' ? undefined : findJsonError(input);
  return error && `JSON syntax error in input for target ${id}: ${jacksonLocation(input, placeOf(error))}`;
}

function pathProblem(id: string, path: string): string | undefined {
  return parsePath(path) === undefined ? `InputPath for target ${id} is invalid.` : undefined;
}

/** In which order several faults of one template are found was not captured. */
function transformerProblem(
  id: string,
  { InputPathsMap = {}, InputTemplate = '' }: InputTransformer,
): string | undefined {
  for (const path of Object.values(InputPathsMap)) {
    const problem = pathProblem(id, path);
    if (problem !== undefined) return problem;
  }
  const names = Object.keys(InputPathsMap);
  const placeholders = placeholdersOf(InputTemplate);
  const unknown = placeholders.find((name) => !names.includes(name) && !isReservedVariable(name));
  if (unknown !== undefined && names.length > 0) {
    return `InputTemplate for target ${id} contains invalid placeholder ${unknown}.`;
  }
  if (!/^\s*\{/u.test(InputTemplate) && placeholders.includes('aws.events.event.json')) {
    return `InputTemplate for target ${id} contains placeholder aws.events.event.json valid only for JSON template.`;
  }
  if (/^\s*[{[]/u.test(InputTemplate) && hasPlaceholderInKey(InputTemplate)) {
    return `InputTemplate placeholder present as a JSON object key for target ${id}.`;
  }
  const text = InputTemplate.replace(/<[^<>\s"]+>/gu, 'null');
  for (const { start, end } of jsonValues(text)) {
    const error = findJsonError(text.slice(start, end));
    if (error !== undefined) {
      return `Invalid InputTemplate for target ${id} : ${jacksonLocation(text, start + placeOf(error))}.`;
    }
  }
  return undefined;
}

// A string, or a placeholder outside of strings, and the colon that makes it the name of a member.
const keyOrValue = /("(?:\\.|[^"\\])*"?|<[^<>\s"]+>)(\s*:)?/gsu;

function hasPlaceholderInKey(template: string): boolean {
  for (const [, text = '', colon] of template.matchAll(keyOrValue)) {
    if (colon !== undefined && /<[^<>\s"]+>/u.test(text)) return true;
  }
  return false;
}

/**
 * The place that the service names: behind a character that it did not expect (column 3 for `{'db_name': …`), and the beginning of
 * a word that is not JSON.
 */
function placeOf({ reason, offset }: JsonSyntaxError): number {
  const [, word] = /^Unrecognized token '(.*?)': was expecting/su.exec(reason) ?? [];
  if (word !== undefined) return Math.max(0, offset - word.length);
  return /^Unexpected character .*: was expecting/su.test(reason) ? offset + 1 : offset;
}
