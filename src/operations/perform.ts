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
  let read: Record<string, unknown> | undefined;
  try {
    read = readInput(operation.input, input);
    validateInput(operation.input, read);
    const opened = openToken(name, read);
    const output = sealToken(name, operation.run(context, opened as unknown as Operations[Name]['input']));
    context.called({ kind: 'answered', operation: name, input: read, output });
    return output;
  } catch (error) {
    context.called({ kind: 'refused', operation: name, input: read, error });
    throw error;
  }
}
