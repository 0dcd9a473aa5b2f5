/** What the sieve takes out of a sheet are the rows of others alone, however its bytes come. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRowSieve } from '../../../electron/services/import/row-sieve.ts';

const subject = fc.constantFrom('01-001', '01-002', 'é&amp;𝄞', '');
const cellOf = {
  inline: (at: string, text: string) => `<c r="${at}" s="3" t="inlineStr"><is><t>${text}</t></is></c>`,
  spaced: (at: string, text: string) =>
    `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`,
  // Where the text is elsewhere, nobody can tell.
  shared: (at: string) => `<c r="${at}" t="s"><v>1</v></c>`,
  number: (at: string) => `<c r="${at}"><v>4</v></c>`,
  none: () => '',
} as const;
const row = fc.record({
  kind: fc.constantFrom('inline', 'spaced', 'shared', 'number', 'none'),
  subject,
  // Of another column whose name begins alike.
  further: fc.boolean(),
});
const wanted = new Set(['01-001', 'é&𝄞']);
const kept = new Set(['01-001', 'é&amp;𝄞']);

it('keeps every byte but those of rows that hold another text in the column', () => {
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 90 })),
      (rows, sizes) => {
        const written = rows.map(({ kind, subject: text, further }, index) => {
          const at = String(index + 1);
          const own = cellOf[kind](`C${at}`, text);
          const xml = `<row r="${at}" ht="3">${cellOf.inline(`A${at}`, 'x')}${own}${further ? cellOf.inline(`CA${at}`, '01-002') : ''}</row>`;
          const isTold = kind === 'inline' || kind === 'spaced';
          return { xml, isKept: !isTold || kept.has(text) };
        });
        const around = (xml: string): string => `<worksheet><sheetData>${xml}</sheetData><x/></worksheet>`;
        const bytes = Buffer.from(around(written.map(({ xml }) => xml).join('')));
        const sieve = createRowSieve({ column: 2, texts: wanted });
        const out: Uint8Array[] = [];
        let at = 0;
        for (const size of [...sizes, bytes.length]) {
          out.push(sieve.take(bytes.subarray(at, at + size)));
          at += size;
        }
        out.push(sieve.end());
        const expected = around(
          written
            .filter(({ isKept }) => isKept)
            .map(({ xml }) => xml)
            .join(''),
        );
        expect(Buffer.concat(out).toString()).toBe(expected);
      },
    ),
  );
});
