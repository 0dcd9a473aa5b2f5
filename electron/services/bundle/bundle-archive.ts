/**
 * Reads the archive of a bundle that somebody sent. It was encrypted for this reader, which says nothing of who made it: names
 * and sizes are looked at before anything is taken out. What bundles hold is stored, not deflated, so that an archive that
 * declares more than its own size is none of ours.
 */
import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { isSafeEntryName } from '#shared/handing-over/entry-name.ts';

export type ArchiveFaultKind = 'foreign' | 'unsafe-name' | 'too-large';

export class ArchiveFault extends Error {
  readonly kind: ArchiveFaultKind;

  constructor(kind: ArchiveFaultKind, cause?: unknown) {
    super(`archive: ${kind}`, { cause });
    this.name = 'ArchiveFault';
    this.kind = kind;
  }
}

export interface ArchiveLimits {
  readonly entries: number;
  readonly totalBytes: number;
}

export interface Archive {
  /** In the order in which they were written, with their sizes. */
  readonly sizes: ReadonlyMap<string, number>;
  stream(name: string): Promise<Readable>;
  close(): void;
}

/** Throws an ArchiveFault. `bytes`: of the archive. */
export async function openArchive(file: string, bytes: number, limits: ArchiveLimits): Promise<Archive> {
  const zip = await openDirectory(file);
  try {
    const entries = await readEntries(zip, Math.min(bytes, limits.totalBytes), limits.entries);
    return {
      sizes: new Map([...entries].map(([name, entry]) => [name, entry.uncompressedSize])),
      stream: (name) => openEntry(zip, entries.get(name)),
      close: () => {
        zip.close();
      },
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

function openDirectory(file: string): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    // Names stay bytes: they are judged here, each by one rule.
    const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true };
    yauzl.open(file, options, (fault, zip) => {
      if (fault !== null) reject(new ArchiveFault('foreign', fault));
      else resolve(zip);
    });
  });
}

function readEntries(
  zip: yauzl.ZipFile,
  mostBytes: number,
  mostEntries: number,
): Promise<ReadonlyMap<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>();
  const taken = new Set<string>();
  let total = 0;
  return new Promise((resolve, reject) => {
    zip.on('error', (error: unknown) => {
      reject(new ArchiveFault('foreign', error));
    });
    zip.on('end', () => {
      resolve(entries);
    });
    zip.on('entry', (entry: yauzl.Entry) => {
      const name = entry.fileNameRaw.toString('utf8');
      // To Windows and macOS two names that differ in case are one file.
      const plain = name.toLowerCase();
      total += entry.uncompressedSize;
      const isStored = entry.compressionMethod === 0 && entry.compressedSize === entry.uncompressedSize;
      if (!isSafeEntryName(name) || taken.has(plain)) reject(new ArchiveFault('unsafe-name'));
      else if (!isStored || total > mostBytes || entries.size >= mostEntries)
        reject(new ArchiveFault('too-large'));
      else if (entry.isEncrypted()) reject(new ArchiveFault('foreign'));
      else {
        taken.add(plain);
        entries.set(name, entry);
        zip.readEntry();
      }
    });
    zip.readEntry();
  });
}

function openEntry(zip: yauzl.ZipFile, entry: yauzl.Entry | undefined): Promise<Readable> {
  return new Promise((resolve, reject) => {
    if (entry === undefined) {
      reject(new ArchiveFault('foreign'));
      return;
    }
    zip.openReadStream(entry, (fault, stream) => {
      if (fault !== null) reject(new ArchiveFault('foreign', fault));
      else resolve(stream);
    });
  });
}
