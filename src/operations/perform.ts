import { apiModel } from '../model/api-model.js';
import { readInput } from '../model/read-input.js';
import { validateInput } from '../model/validate-input.js';
import type { OperationContext } from './operation-context.js';
import { operationTable } from './operation-table.js';
import type { OperationName, Operations } from './operations.js';
import { openToken, sealToken } from './page-token.js';
import { unknownOperation } from './unknown-operation.js';

/** Performs an operation on whatever it is given. Every refusal is a thrown ServiceError. */
export function perform<Name extends OperationName>(
  context: OperationContext,
  name: Name,
  input: unknown,
): Operations[Name]['output'] {
  if (typeof name !== 'string' || !Object.hasOwn(operationTable, name)) {
    throw unknownOperation(name, Object.keys(operationTable));
  }
  const shape = apiModel[name];
  let read: Record<string, unknown> | undefined;
  try {
    read = readInput(shape, input);
    validateInput(shape, read);
    const opened = openToken(name, read);
    const output = sealToken(name, operationTable[name](context, opened as unknown as Operations[Name]['input']));
    context.called({ kind: 'answered', operation: name, input: read, output });
    return output;
  } catch (error) {
    context.called({ kind: 'refused', operation: name, input: read, error });
    throw error;
  }
}
