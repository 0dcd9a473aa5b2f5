/** Writes to the outside. Every write is waited for, so that an acknowledged line is out before the next change begins. */
export interface Output {
  /** JSON on standard output, one document a line. */
  json(content: unknown): Promise<void>;
  text(text: string): Promise<void>;
  /** To standard error. */
  message(text: string): Promise<void>;
}

export function createOutput(streams: {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}): Output {
  const write = (stream: NodeJS.WritableStream, text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const fail = (error: Error): void => {
        reject(error);
      };
      stream.once('error', fail);
      stream.write(text, (error) => {
        stream.removeListener('error', fail);
        if (error === null || error === undefined) resolve();
        else reject(error);
      });
    });
  return {
    json: (content) => write(streams.stdout, `${JSON.stringify(content)}\n`),
    text: (text) => write(streams.stdout, text),
    message: (text) => write(streams.stderr, `${text}\n`),
  };
}

/** Columns aligned by their widest cell; the last one is not padded. */
export function toTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const plain = rows.map((row) => row.map((cell) => cell.replace(/\s+/gu, ' ')));
  const widths = header.map((title, column) =>
    plain.reduce((width, row) => Math.max(width, (row[column] ?? '').length), title.length),
  );
  const toLine = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width));
  return `${[header, rule, ...plain].map(toLine).join('\n')}\n`;
}
