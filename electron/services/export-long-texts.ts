/** LONGTEXT: the texts that fit no cell, in pieces that do; the cell says where they are. */
import { integer, text, type FilledColumn } from '#shared/export-plan/sheet.ts';
import type { LongText } from './workbook-writer.ts';

export interface Piece {
  readonly long: LongText;
  readonly number: number;
  readonly text: string;
}
const pieceLength = 32_000;

export const pieceColumns: readonly FilledColumn<Piece>[] = [
  text('SHEET', 14, ({ long }) => long.sheet),
  integer('ROW', 10, ({ long }) => long.row),
  text('COLUMN', 16, ({ long }) => long.column),
  integer('PIECE', 8, ({ number }) => number),
  text('TEXT', 80, (piece) => piece.text),
];

export function inPieces(long: LongText): readonly Piece[] {
  return Array.from({ length: Math.ceil(long.text.length / pieceLength) }, (_, index) => ({
    long,
    number: index + 1,
    text: long.text.slice(index * pieceLength, (index + 1) * pieceLength),
  }));
}
