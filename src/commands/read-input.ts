import { isServiceError } from '../base/service-error.js';
import { type CommandIo, UsageError } from './command-io.js';

/** The text of an argument and its origin. */
export interface ArgumentText {
  readonly text: string;
  /** A prefix for messages, such as `event.json: `; empty for text on the command line. */
  readonly origin: string;
}

/** Reads an argument that is JSON text, `-` for standard input, or the name of a file. */
export async function readArgument(argument: string, io: CommandIo): Promise<ArgumentText> {
  // The start of a JSON object, array or string. Empty text comes from an unset shell variable.
  if (/^\s*(?:[{["]|$)/.test(argument)) return { text: argument, origin: '' };
  const name = argument === '-' ? 'standard input' : argument;
  try {
    return { text: await (argument === '-' ? io.readStdin() : io.readFile(argument)), origin: `${name}: ` };
  } catch (error) {
    throw new UsageError(`cannot read ${name}: ${reason(error)}`);
  }
}

function reason(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  if (code === 'EISDIR') return 'it is a folder';
  return code === 'ENOENT' ? 'no such file (JSON text begins with {)' : message;
}

/** Decodes a file: UTF-16 if a byte order mark says so, as PowerShell writes it, otherwise UTF-8. Throws an Error for other bytes. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    // Any other error means that the file is too long for a string.
    throw error instanceof TypeError ? new Error(`it is not ${encoding.toUpperCase()} text`) : error;
  }
}

export function invalidJsonError(
  origin: string,
  reason: string,
  { line, column }: { readonly line: number; readonly column: number },
): UsageError {
  const file = origin === '' ? '' : `${origin.replace(/: $/, '')}:`;
  return new UsageError(`${file}${line}:${column}: this is not JSON: ${reason}`);
}

/** Turns an error of the service into a UsageError that also says where the text came from. */
export function withOrigin<T>(origin: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (isServiceError(error)) throw new UsageError(origin + error.message);
    throw error;
  }
}
