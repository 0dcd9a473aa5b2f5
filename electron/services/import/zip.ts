/**
 * Opens a zip file that somebody else wrote. Sizes are looked at before anything is inflated, and what comes out is held
 * to the size that was declared, so that a small file can't fill the memory or the day.
 */
import { open } from 'node:fs/promises';
import { pipeline, Transform, type Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import yauzl from 'yauzl';
import { refuse } from '../../app-error.ts';
import type { FilePart } from '../file-hash.ts';

export interface Zip {
  readonly names: readonly string[];
  stream(name: string): Promise<Readable>;
  /** Where it lies in the file, compressed. */
  place(name: string): Promise<FilePart>;
  close(): void;
}

/** Excel itself opens nothing larger in practice; a sheet of a million rows and twenty columns is a tenth of it. */
const limits = {
  fileBytes: 512 * 2 ** 20,
  entryBytes: 2 ** 30,
  totalBytes: 2 * 2 ** 30,
  entries: 10_000,
  /** Deflate reaches 1000 : 1 on zeros only; sheets reach 10 to 40. */
  ratio: 250,
  /** Below this a ratio says nothing. */
  ratioFromBytes: 16 * 2 ** 20,
} as const;

const oldOffice = Buffer.from('d0cf11e0a1b11ae1', 'hex');

export async function openZip(file: string, name: string): Promise<Zip> {
  await requireZip(file, name);
  const zip = await openDirectory(file, name);
  try {
    const entries = await readEntries(zip, name);
    return {
      names: [...entries.keys()],
      stream: (wanted) => openEntry(zip, requireEntry(entries, wanted, name), name),
      place: (wanted) => placeOf(zip, requireEntry(entries, wanted, name), name),
      close: () => {
        zip.close();
      },
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** By its first bytes: the name says nothing of what a file is. */
async function requireZip(file: string, name: string): Promise<void> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw refuse('file-unreadable', { file: name }, error);
  });
  try {
    const { size } = await handle.stat();
    const start = Buffer.alloc(8);
    const { bytesRead } = await handle.read(start, 0, 8, 0).catch((error: unknown) => {
      throw refuse('file-unreadable', { file: name }, error);
    });
    if (bytesRead === 8 && start.equals(oldOffice)) throw refuse('import-old-or-locked', { file: name });
    if (start.readUInt32LE(0) !== 0x04034b50) throw refuse('import-not-a-workbook', { file: name });
    if (size > limits.fileBytes) throw refuse('import-too-large', { file: name });
  } finally {
    await handle.close();
  }
}

function openDirectory(file: string, name: string): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.open(file, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (fault, zip) => {
      // The directory stands at the end of the file: without it, the end is missing.
      if (fault !== null) reject(refuse('import-cut-short', { file: name }, fault));
      else resolve(zip);
    });
  });
}

function readEntries(zip: yauzl.ZipFile, name: string): Promise<ReadonlyMap<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>();
  let total = 0;
  return new Promise((resolve, reject) => {
    zip.on('error', (error: unknown) => {
      reject(refuse('import-cut-short', { file: name }, error));
    });
    zip.on('end', () => {
      resolve(entries);
    });
    zip.on('entry', (entry: yauzl.Entry) => {
      const { fileName, uncompressedSize, compressedSize } = entry;
      total += uncompressedSize;
      const isBomb =
        uncompressedSize > limits.ratioFromBytes && uncompressedSize > limits.ratio * compressedSize;
      if (isBomb || uncompressedSize > limits.entryBytes || total > limits.totalBytes)
        reject(refuse('import-too-large', { file: name }));
      else if (entries.size >= limits.entries || entries.has(fileName) || entry.isEncrypted())
        reject(refuse('import-not-a-workbook', { file: name }));
      else {
        entries.set(fileName, entry);
        zip.readEntry();
      }
    });
    zip.readEntry();
  });
}

/** Deflate as zip files name it. */
const deflated = 8;
/** Inflated in larger pieces than the 16 KB of zlib's own: a third less time for a long sheet. */
const pieceBytes = 2 ** 18;

function requireEntry(entries: ReadonlyMap<string, yauzl.Entry>, wanted: string, name: string): yauzl.Entry {
  const entry = entries.get(wanted);
  if (entry === undefined) throw refuse('import-not-a-workbook', { file: name });
  return entry;
}

async function placeOf(zip: yauzl.ZipFile, entry: yauzl.Entry, name: string): Promise<FilePart> {
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    return { start: fileDataStart, bytes: entry.compressedSize };
  } catch (error) {
    throw refuse('import-cut-short', { file: name }, error);
  }
}

function openEntry(zip: yauzl.ZipFile, entry: yauzl.Entry, name: string): Promise<Readable> {
  return new Promise((resolve, reject) => {
    const isDeflated = entry.compressionMethod === deflated;
    zip.openReadStream(entry, { decodeFileData: !isDeflated }, (fault, stream) => {
      if (fault !== null) reject(refuse('import-cut-short', { file: name }, fault));
      else resolve(isDeflated ? inflate(stream, entry.uncompressedSize) : stream);
    });
  });
}

function inflate(stream: Readable, declaredBytes: number): Readable {
  const measure = createMeasure(declaredBytes);
  // What goes wrong on the way is told by the end that is read.
  return pipeline(stream, createInflateRaw({ chunkSize: pieceBytes }), measure, () => undefined);
}

/** Lets bytes pass until there are more than were declared, and misses those that don't come. */
function createMeasure(declaredBytes: number): Transform {
  let left = declaredBytes;
  return new Transform({
    readableHighWaterMark: pieceBytes,
    transform: (chunk: Uint8Array, _, done) => {
      left -= chunk.length;
      if (left < 0) done(new Error('more bytes than the directory declares'));
      else done(null, chunk);
    },
    flush: (done) => {
      done(left === 0 ? null : new Error('fewer bytes than the directory declares'));
    },
  });
}
