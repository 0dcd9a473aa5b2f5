/** A block of cells as spreadsheets put it on the clipboard: tabs between cells, line ends between rows, quotes around both. */

/** One row of one cell for a plain text. Empty when there is nothing. */
export function readBlock(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  const source = text.replace(/\r\n?/gu, '\n').replace(/\n$/u, '');
  if (source === '') return [];
  for (let position = 0; position < source.length; position += 1) {
    const character = source.charAt(position);
    if (quoted) {
      if (character !== '"') cell += character;
      else if (source.charAt(position + 1) === '"') {
        cell += '"';
        position += 1;
      } else quoted = false;
    } else if (character === '"' && cell === '' && closesCell(source, position)) quoted = true;
    else if (character === '\t') {
      cells.push(cell);
      cell = '';
    } else if (character === '\n') {
      rows.push([...cells, cell]);
      cells = [];
      cell = '';
    } else cell += character;
  }
  rows.push([...cells, cell]);
  return rows;
}

export function isBlock(rows: readonly (readonly string[])[]): boolean {
  return rows.length > 1 || (rows[0]?.length ?? 0) > 1;
}

/** A quote opens a quoted cell only when another one ends that cell; else it is a mark like any other (5" of water). */
function closesCell(source: string, from: number): boolean {
  return /^"(?:[^"]|"")*"(?:\t|\n|$)/u.test(source.slice(from, from + 100_000));
}
