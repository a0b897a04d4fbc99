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
