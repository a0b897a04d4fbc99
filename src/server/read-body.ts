import { HttpError, type HttpRequest } from './http-message.js';

/**
 * Returns the body as a string: decompressed, decoded by its charset (UTF-8 by default), without a byte order mark. Throws an
 * HttpError for a body above the limit, before or after decompression, and for one that is not text.
 */
export async function readBody(request: HttpRequest, limit: number): Promise<string> {
  if (Number(request.header('content-length')) > limit) throw tooLarge(limit);
  const decoder = decoderFor(request.header('content-type'));
  const bytes = await concatenate(decompressed(request.body, request.header('content-encoding')), limit);
  try {
    return decoder.decode(bytes);
  } catch {
    throw malformed(`The request body is not valid ${decoder.encoding}.`);
  }
}

/** Returns `undefined` for an empty body. Throws an HttpError for text that is not JSON. */
export function parseBody(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('The request body is not JSON.');
  }
}

async function concatenate(chunks: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of chunks) {
    size += part.byteLength;
    if (size > limit) throw tooLarge(limit);
    parts.push(part);
  }
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

function decompressed(body: AsyncIterable<Uint8Array>, encoding = 'identity'): AsyncIterable<Uint8Array> {
  switch (encoding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return body;
    case 'gzip':
    case 'x-gzip':
      return through(new DecompressionStream('gzip'), body);
    case 'deflate':
      return through(new DecompressionStream('deflate'), body);
  }
  const found = JSON.stringify(encoding.slice(0, 40));
  throw new HttpError(
    415,
    'UnsupportedMediaTypeException',
    `Unsupported content-encoding ${found}; expected gzip, deflate or identity.`,
  );
}

async function* through(
  decompressor: DecompressionStream,
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const writer = decompressor.writable.getWriter();
  const write = async () => {
    for await (const part of body) await writer.write(part as Uint8Array<ArrayBuffer>);
    await writer.close();
  };
  // The reader below fails as well.
  const written = write().catch((error: unknown) => writer.abort(error).catch(() => {}));
  const reader = decompressor.readable.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
    await written;
  } catch {
    throw malformed('The request body cannot be decompressed: it does not match its content-encoding.');
  } finally {
    reader.cancel().catch(() => {});
  }
}

function decoderFor(contentType = '') {
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType) ?? [];
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch {
    throw malformed(`The charset ${JSON.stringify(charset.slice(0, 40))} is unknown.`);
  }
}

function malformed(message: string): HttpError {
  return new HttpError(400, 'SerializationException', message);
}

function tooLarge(limit: number): HttpError {
  return new HttpError(
    413,
    'RequestEntityTooLargeException',
    `The request body is larger than ${limit} bytes. The option bodyLimit allows more.`,
  );
}
