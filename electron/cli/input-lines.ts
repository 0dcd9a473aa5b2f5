/** Lines of a stream, however long the stream is; a line that is too long is passed over, not kept. */

export type InputLine =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly fault: 'too-long' | 'not-utf8' };

const longestLineBytes = 1_000_000;

const newline = 0x0a;

/** Without line ends; a byte order mark at the beginning is not part of the text. */
export async function* readLines(
  stream: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<InputLine, void, undefined> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    let from = 0;
    for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, from)) {
      length += end - from;
      if (length <= longestLineBytes) parts.push(bytes.subarray(from, end));
      yield toLine(parts, length);
      parts = [];
      length = 0;
      from = end + 1;
    }
    length += bytes.length - from;
    if (length <= longestLineBytes) parts.push(bytes.subarray(from));
    else parts = [];
  }
  if (length > 0) yield toLine(parts, length);
}

function toLine(parts: readonly Uint8Array[], length: number): InputLine {
  if (length > longestLineBytes) return { ok: false, fault: 'too-long' };
  try {
    return {
      ok: true,
      text: new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)).replace(/\r$/u, ''),
    };
  } catch {
    // The decoder's own message would quote the bytes.
    return { ok: false, fault: 'not-utf8' };
  }
}
