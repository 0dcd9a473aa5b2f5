/**
 * A text file written from its first to its last byte, with what a manifest says of it. Writing is synchronous, in the
 * thread that exports: no more than one block is ever kept, however slow the disk.
 */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

export interface TextFile {
  write(text: string): void;
  /** On the disk, before it gets its name. */
  close(): { readonly bytes: number; readonly sha256: string };
  /** Closed as it stands, because something went wrong. */
  abandon(): void;
}

/** Characters that are written together. */
const blockLength = 1 << 18;

/** Refuses to write over a file that is there. */
export function openTextFile(file: string): TextFile {
  const handle = openSync(file, 'wx');
  const hash = createHash('sha256');
  let waiting = '';
  let bytes = 0;
  let isOpen = true;

  function handOn(): void {
    const block = Buffer.from(waiting, 'utf8');
    waiting = '';
    hash.update(block);
    for (let at = 0; at < block.length;) at += writeSync(handle, block, at);
    bytes += block.length;
  }

  return {
    write: (text) => {
      waiting += text;
      if (waiting.length > blockLength) handOn();
    },
    close: () => {
      handOn();
      fsyncSync(handle);
      closeSync(handle);
      isOpen = false;
      return { bytes, sha256: hash.digest('hex') };
    },
    abandon: () => {
      if (isOpen) closeSync(handle);
      isOpen = false;
    },
  };
}
