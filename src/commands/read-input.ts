import { isServiceError } from '../base/service-error.js';
import { type CommandIo, UsageError } from './command-io.js';

/** The JSON text that an argument stands for, and where it came from. */
export interface ArgumentText {
  readonly text: string;
  /** To put before a sentence about the text; empty for text of the command line itself. */
  readonly origin: string;
}

/** Reads an argument: JSON text as it is, `-` as standard input, anything else as a file's name. */
export async function readArgument(argument: string, io: CommandIo): Promise<ArgumentText> {
  // What opens a JSON object, array or string; an empty text is a variable that the shell did not have.
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

/** The text of a file: UTF-16 where its byte order mark says so, as PowerShell writes it, else UTF-8. Throws for what is neither. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    // Else it is too long.
    throw error instanceof TypeError ? new Error(`it is no text in ${encoding.toUpperCase()}`) : error;
  }
}

/** What is said of a text that is not JSON, with its place. */
export function invalidJsonError(origin: string, reason: string, place: { line: number; column: number }): UsageError {
  const file = origin === '' ? '' : `${origin.replace(/: $/, '')}:`;
  return new UsageError(`${file}${place.line}:${place.column}: this is not JSON: ${reason}`);
}

/** Runs what the service may refuse, and puts before its sentence where the text came from. */
export function withOrigin<T>(origin: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (isServiceError(error)) throw new UsageError(origin + error.message);
    throw error;
  }
}
