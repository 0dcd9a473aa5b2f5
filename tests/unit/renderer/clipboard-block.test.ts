import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBlock, readBlock } from '../../../renderer/stores/clipboard-block.ts';

describe('a block on the clipboard', () => {
  it.each([
    ['', []],
    ['32.0', [['32.0']]],
    ['a\tb', [['a', 'b']]],
    [
      'a\tb\nc\td\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a\tb\r\nc\td\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a\t\t\n', [['a', '', '']]],
    ['"two\nlines"\tb', [['two\nlines', 'b']]],
    ['"say ""hm"""', [['say "hm"']]],
    ['5" of water\tb', [['5" of water', 'b']]],
    ['"a" and b', [['"a" and b']]],
    ['"open\tb', [['"open', 'b']]],
  ])('%j is read as %j', (text, rows) => {
    expect(readBlock(text)).toEqual(rows);
  });

  it('is one only when it has several cells', () => {
    expect(isBlock(readBlock('32.0'))).toBe(false);
    expect(isBlock(readBlock('32.0\n'))).toBe(false);
    expect(isBlock(readBlock('32.0\t33.0'))).toBe(true);
    expect(isBlock(readBlock('32.0\n33.0'))).toBe(true);
  });

  it('comes back as a spreadsheet wrote it', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '1', ' ', '"', '\t', '\n', ';') });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        (rows) => {
          const written = rows.map((cells) => cells.map(quoteAsSpreadsheet).join('\t')).join('\n');
          expect(readBlock(`${written}\n`)).toEqual(rows);
        },
      ),
    );
  });
});

function quoteAsSpreadsheet(cell: string): string {
  return /["\t\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
