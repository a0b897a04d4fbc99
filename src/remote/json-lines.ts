/** The values of a stream of JSON lines; `heard` is called for whatever comes. Throws for what is no JSON. */
export async function* readJsonLines(stream: ReadableStream<Uint8Array>, heard: () => void): AsyncGenerator<unknown> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  // Kept in pieces until its end comes: adding to one text again and again would be quadratic.
  let begun: string[] = [];
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    heard();
    const [first = '', ...more] = decoder.decode(part.value, { stream: true }).split('\n');
    begun.push(first);
    for (const next of more) {
      const line = begun.join('');
      if (line !== '') yield JSON.parse(line);
      begun = [next];
    }
  }
}
