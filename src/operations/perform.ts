import { readInput } from '../model/read-input.js';
import { validateInput } from '../model/validate-input.js';
import type { OperationContext } from './operation-context.js';
import { type OperationName, type Operations, operations } from './operations.js';
import { openToken, sealToken } from './page-token.js';
import { unknownOperation } from './unknown-operation.js';

/** Performs an operation on whatever it is given. Every refusal is a thrown ServiceError. */
export function perform<Name extends OperationName>(
  context: OperationContext,
  name: Name,
  input: unknown,
): Operations[Name]['output'] {
  if (typeof name !== 'string' || !Object.hasOwn(operations, name)) {
    throw unknownOperation(name, Object.keys(operations));
  }
  const operation = operations[name];
  const read = readInput(operation.input, input);
  validateInput(operation.input, read);
  const opened = openToken(name, read);
  return sealToken(name, operation.run(context, opened as unknown as Operations[Name]['input']));
}
