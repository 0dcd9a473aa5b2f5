/** An Excel table over the whole of a sheet, so that its columns can be used by name. */
export interface SheetTable {
  /** Unique in the workbook, defined names included. */
  readonly name: string;
  /** "A1:F9", header row included; Excel wants at least one row below it. */
  readonly range: string;
  /** What stands in the header row. */
  readonly columns: readonly string[];
}

export const tableRelation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/table';
export const tableContentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml';

/** ECMA-376 part 1, 18.5.1.2. `number` is unique in the workbook. */
export function tableXml({ name, range, columns }: SheetTable, number: number): string {
  const own = columns.map((column, index) => `<tableColumn id="${index + 1}" name="${escapeXml(column)}"/>`);
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"',
    ` id="${number}" name="${escapeXml(name)}" displayName="${escapeXml(name)}" ref="${range}" totalsRowShown="0">`,
    `<autoFilter ref="${range}"/>`,
    `<tableColumns count="${columns.length}">${own.join('')}</tableColumns>`,
    '<tableStyleInfo name="TableStyleLight1" showFirstColumn="0" showLastColumn="0" showRowStripes="1" showColumnStripes="0"/>',
    '</table>',
  ].join('');
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/gu, (mark) => `&#${mark.charCodeAt(0)};`);
}
