const shape = /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}(?:;[A-Za-z]+=[^;,\s]+)*;?$/;

/** An X-Ray trace header as it was given, or `undefined` if it is malformed: those vanish without a word. */
export function readTraceHeader(text: string | undefined): string | undefined {
  return text !== undefined && shape.test(text) ? text : undefined;
}
