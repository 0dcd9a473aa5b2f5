/** Ways in which a file is damaged: by a bad sector, a torn write, a hand. */
import { closeSync, openSync, readSync, statSync, truncateSync, writeSync } from 'node:fs';

export const pageSize = 4096;

export function flipByte(file: string, position: number): void {
  const descriptor = openSync(file, 'r+');
  try {
    const byte = Buffer.alloc(1);
    readSync(descriptor, byte, 0, 1, position);
    byte.writeUInt8(byte.readUInt8() ^ 0x10);
    writeSync(descriptor, byte, 0, 1, position);
  } finally {
    closeSync(descriptor);
  }
}

export function zeroPage(file: string, page: number): void {
  const descriptor = openSync(file, 'r+');
  try {
    const size = Math.min(pageSize, statSync(file).size - page * pageSize);
    writeSync(descriptor, Buffer.alloc(Math.max(0, size)), 0, Math.max(0, size), page * pageSize);
  } finally {
    closeSync(descriptor);
  }
}

export function truncateTo(file: string, share: number): void {
  truncateSync(file, Math.floor(statSync(file).size * share));
}
