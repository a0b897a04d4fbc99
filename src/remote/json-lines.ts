/** Several times what the largest event comes to, escaped twice. */
const longestLine = 2 ** 26;

/**
 * The values of a stream of JSON lines; `heard` is called for whatever comes. Throws for what is no JSON, and for a line of
 * more than 67,108,864 characters.
 */
export async function* readJsonLines(stream: ReadableStream<Uint8Array>, heard: () => void): AsyncGenerator<unknown> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  // Kept in pieces until its end comes: adding to one text again and again would be quadratic.
  let begun: string[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    heard();
    const [first = '', ...more] = decoder.decode(part.value, { stream: true }).split('\n');
    begun.push(first);
    length += first.length;
    if (length > longestLine) throw new Error(`The server sent a line of more than ${longestLine} characters.`);
    for (const next of more) {
      const line = begun.join('');
      if (line !== '') yield JSON.parse(line);
      begun = [next];
      length = next.length;
    }
  }
}
