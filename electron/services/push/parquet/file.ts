/** One Parquet file on its way to the disk: rows are kept until they make a row group, and nothing longer. */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import type * as Writing from 'hyparquet-writer';
import type { KeyValue } from 'hyparquet';
import type { PushColumn } from '#shared/push/table.ts';
import type { PushRow } from '../content.ts';
import { toParquetCell, toSchema, type ParquetCell } from './schema.ts';

export interface WrittenFile {
  readonly rows: number;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

export interface ParquetFile {
  add(row: PushRow): void;
  /** Cells that wait for their row group. */
  waiting(): number;
  /** Writes what waits as a row group. */
  flush(): void;
  /** Everything is on the disk then. */
  finish(): WrittenFile;
  /** Closes it as it is. */
  abandon(): void;
}

/** Rows of one group: readers skip whole groups, and hold one in memory. */
const groupRows = 50_000;

export function createParquetFile(
  { ParquetWriter, ByteWriter }: typeof Writing,
  file: string,
  { columns, metadata }: { readonly columns: readonly PushColumn[]; readonly metadata: KeyValue[] },
): ParquetFile {
  const descriptor = openSync(file, 'wx');
  const hash = createHash('sha256');
  const bytes = new ByteWriter();
  const toDisk = (): void => {
    const chunk = bytes.getBytes();
    for (let done = 0; done < chunk.length;) done += writeSync(descriptor, chunk, done);
    hash.update(chunk);
    bytes.index = 0;
  };
  const writer = new ParquetWriter({
    ...{ writer: Object.assign(bytes, { flush: toDisk }), schema: toSchema(columns) },
    ...{ kvMetadata: metadata, createdBy: 'Cahier' },
  });
  let held: ParquetCell[][] = columns.map(() => []);
  let waiting = 0;
  let rows = 0;

  const flush = (): void => {
    if (waiting === 0) return;
    const columnData = columns.map(({ name }, index) => ({ name, data: held[index] ?? [] }));
    // Nothing waits on the disk: the writer gives no promise where its flush gives none.
    void writer.write({ columnData, rowGroupSize: waiting });
    held = columns.map(() => []);
    waiting = 0;
  };

  return {
    add: (row) => {
      for (const [index, column] of columns.entries())
        held[index]?.push(toParquetCell(column, row[index] ?? null));
      waiting += 1;
      rows += 1;
      if (waiting >= groupRows) flush();
    },
    waiting: () => waiting * columns.length,
    flush,
    finish: () => {
      flush();
      void writer.finish();
      toDisk();
      fsyncSync(descriptor);
      closeSync(descriptor);
      return { rows, bytes: bytes.offset, sha256: hash.digest('hex') };
    },
    abandon: () => {
      closeSync(descriptor);
    },
  };
}

/** Of a file on the disk, from its end: four bytes of length and the mark, before them what the file says of itself. */
export function readFooter(file: string, size: number): ArrayBuffer {
  const descriptor = openSync(file, 'r');
  try {
    const tail = readAt(descriptor, size - 8, 8);
    const length = new DataView(tail).getUint32(0, true);
    return readAt(descriptor, Math.max(0, size - 8 - length), Math.min(size, length + 8));
  } finally {
    closeSync(descriptor);
  }
}

function readAt(descriptor: number, position: number, length: number): ArrayBuffer {
  const buffer = new ArrayBuffer(length);
  const read = readSync(descriptor, new Uint8Array(buffer), 0, length, position);
  if (read !== length) throw new Error(`only ${read} of ${length} bytes could be read`);
  return buffer;
}
