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
  if (argument === '-') return { text: withoutMark(await io.readStdin()), origin: 'standard input: ' };
  try {
    return { text: withoutMark(await io.readFile(argument)), origin: `${argument}: ` };
  } catch (error) {
    throw new UnusableInput(`cannot read ${argument}: ${reason(error)}`);
  }
}

/** Editors on Windows put a byte order mark before the text. */
function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function reason(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  return code === 'ENOENT' ? 'no such file (JSON text begins with {)' : message;
}
