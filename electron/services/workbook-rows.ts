/**
 * Rows on their way into a sheet: as its XML (ECMA-376 part 1, 18.3.1.4) and as the lines that are hashed, both in one
 * go and by adding strings up, because a workbook has a million cells.
 */
import type { Cell } from '#shared/export-plan/sheet.ts';
import { canonicalCell, excelNumber, isPlainText, looksLikeFormula } from './workbook-cells.ts';

export interface RowBatch {
  /** `row` counts from 1. Blank cells are left out of the XML. */
  add(row: number, cells: readonly Cell[]): void;
  isFull(): boolean;
  /** What came together since the last time. */
  take(): { readonly xml: string; readonly lines: string };
}

export interface BatchColumn {
  readonly letter: string;
  /** Number of the style of its cells. */
  readonly style: number;
}

/** Characters that are handed on together. */
const fullLength = 1 << 18;

/**
 * `quoted`: the style of texts that look like a formula. `fit` gives the text to be written; it is asked for every text
 * that isn't plain.
 */
export function createRowBatch(
  columns: readonly BatchColumn[],
  quoted: number,
  fit: (text: string, row: number, column: number) => string,
): RowBatch {
  const parts = columns.map(({ letter, style }) => ({
    open: `<c r="${letter}`,
    number: `" s="${style}"><v>`,
    text: `" s="${style}" t="inlineStr"><is><t>`,
    spacedText: `" s="${style}" t="inlineStr"><is><t xml:space="preserve">`,
    quotedText: `" s="${quoted}" t="inlineStr"><is><t xml:space="preserve">`,
  }));
  let xml = '';
  let lines = '';

  return {
    add: (row, cells) => {
      const number = String(row);
      let rowXml = `<row r="${number}">`;
      let line = '';
      let column = 0;
      for (const part of parts) {
        if (column > 0) line += '\t';
        const cell = cells[column] ?? null;
        if (typeof cell === 'string') {
          if (isPlainText(cell)) {
            rowXml += part.open + number + part.text + cell + textEnd;
            line += cell;
          } else {
            const text = fit(cell, row, column);
            const open = looksLikeFormula(cell) ? part.quotedText : part.spacedText;
            rowXml += part.open + number + open + escapeXml(text) + textEnd;
            line += canonicalCell(text);
          }
        } else if (cell !== null) {
          const value = typeof cell === 'number' ? cell : excelNumber(cell);
          rowXml += part.open + number + part.number + String(value) + numberEnd;
          line += canonicalCell(cell);
        }
        column += 1;
      }
      xml += `${rowXml}</row>`;
      lines += `${line}\n`;
    },
    isFull: () => xml.length > fullLength,
    take: () => {
      const taken = { xml, lines };
      xml = '';
      lines = '';
      return taken;
    },
  };
}

const textEnd = '</t></is></c>';
const numberEnd = '</v></c>';

function escapeXml(text: string): string {
  if (!/[&<>]/u.test(text)) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
