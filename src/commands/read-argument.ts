import type { CommandIo } from './command-io.js';
import { UnusableInput } from './unusable-input.js';

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
    throw new UnusableInput(`cannot read ${name}: ${reason(error)}`);
  }
}

function reason(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  if (code === 'EISDIR') return 'it is a folder';
  return code === 'ENOENT' ? 'no such file (JSON text begins with {)' : message;
}
