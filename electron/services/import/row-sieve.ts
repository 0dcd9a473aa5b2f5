/** Takes rows that nobody asked for out of the bytes of a worksheet, by one of their texts, before anything of them is read. */
import { columnLetters } from '#shared/import/cell.ts';
import { decodeXml } from './xml.ts';

export interface RowFilter {
  /** From 0. */
  readonly column: number;
  readonly texts: ReadonlySet<string>;
}

export interface RowSieve {
  /** What is kept of the bytes so far; the end of them may wait for more. */
  take(bytes: Uint8Array): Uint8Array;
  /** What waits still. */
  end(): Uint8Array;
}

const [rowBegins, rowEnds, cellEnds] = ['<row ', '</row>', '</c>'].map((tag) => Buffer.from(tag)) as [
  Buffer,
  Buffer,
  Buffer,
];
const nothing = Buffer.alloc(0);

/** A row is taken out where its cell of the column holds another text, and holds it where it stands; all others are kept. */
export function createRowSieve({ column, texts }: RowFilter): RowSieve {
  const cellBegins = `<c r="${columnLetters(column)}`;
  const begins = Buffer.from(cellBegins);
  const withText = new RegExp(
    `^${cellBegins}\\d+"(?: s="\\d+")? t="inlineStr"><is><t(?: xml:space="preserve")?>([^<]*)</t></is>$`,
    'u',
  );
  let rest: Buffer = nothing;

  function isLeftOut(bytes: Buffer, start: number, end: number): boolean {
    const cell = bytes.indexOf(begins, start);
    const close = cell === -1 || cell > end ? -1 : bytes.indexOf(cellEnds, cell);
    const text = close === -1 ? undefined : withText.exec(bytes.toString('utf8', cell, close))?.[1];
    return text !== undefined && !texts.has(decodeXml(text));
  }

  return {
    take: (more) => {
      const bytes =
        rest.length === 0
          ? Buffer.from(more.buffer, more.byteOffset, more.length)
          : Buffer.concat([rest, more]);
      const kept: Buffer[] = [];
      let [from, at] = [0, 0];
      for (;;) {
        const start = bytes.indexOf(rowBegins, at);
        const end = start === -1 ? -1 : bytes.indexOf(rowEnds, start);
        if (end === -1) {
          // Of a tag, the first bytes may be here.
          const known = start === -1 ? Math.max(from, bytes.length - rowBegins.length) : start;
          rest = Buffer.from(bytes.subarray(known));
          kept.push(bytes.subarray(from, known));
          return Buffer.concat(kept);
        }
        at = end + rowEnds.length;
        if (!isLeftOut(bytes, start, end)) continue;
        kept.push(bytes.subarray(from, start));
        from = at;
      }
    },
    end: () => rest,
  };
}
