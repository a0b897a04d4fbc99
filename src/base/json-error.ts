import { JsonReader } from './json-reader.js';
import { JsonSyntaxError } from './json-syntax-error.js';

/** What keeps a text from being one JSON value, and where; `undefined` if it is one. Blank text is none. */
export function findJsonError(text: string): JsonSyntaxError | undefined {
  const reader = new JsonReader(text);
  let depth = 0;
  try {
    do {
      const token = reader.next();
      if (token === 'end') return new JsonSyntaxError('No content to read', text, reader.offset);
      if (token === '{' || token === '[') depth++;
      else if (token === '}' || token === ']') depth--;
      // Read to its end, which the reader leaves for later.
      else if (token === 'string') void reader.text;
    } while (depth > 0);
    return reader.exhausted ? undefined : new JsonSyntaxError('Unexpected text behind the value', text, reader.offset);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error;
    throw error;
  }
}
