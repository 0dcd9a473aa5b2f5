/** Size and SHA-256 of a file, or of a part of it, piece by piece through one buffer. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

/** Of bytes in a file. */
export interface FilePart {
  readonly start: number;
  readonly bytes: number;
}

const pieceBytes = 1 << 20;

export function hashFile(
  file: string,
  { start, bytes: most }: FilePart = { start: 0, bytes: Infinity },
): { readonly bytes: number; readonly sha256: string } {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(pieceBytes);
  const descriptor = openSync(file, 'r');
  try {
    let bytes = 0;
    while (bytes < most) {
      const read = readSync(descriptor, piece, 0, Math.min(piece.length, most - bytes), start + bytes);
      if (read === 0) break;
      hash.update(piece.subarray(0, read));
      bytes += read;
    }
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    closeSync(descriptor);
  }
}
