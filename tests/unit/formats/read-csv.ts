/** A reader of its own for CSV files, by RFC 4180 alone: what the writer meant must come out of the text as it stands. */
import { readFileSync } from 'node:fs';

export interface ReadCsv {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function readCsv(file: string): ReadCsv {
  const text = readFileSync(file, 'utf8');
  if (!text.startsWith('\uFEFF')) throw new Error(`${file} has no byte order mark`);
  const [header = [], ...rows] = parseCsv(text.slice(1));
  return { header, rows };
}

export function parseCsv(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length) {
    let field = '';
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += 1) {
        if (at >= text.length) throw new Error('a quoted field does not end');
        if (text[at] === '"') at += 1;
        field += text[at] ?? '';
      }
      at += 1;
    } else {
      const start = at;
      while (at < text.length && text[at] !== ',' && text[at] !== '\r') at += 1;
      field = text.slice(start, at);
      if (/["\n]/u.test(field)) throw new Error(`a field is not quoted: ${field}`);
    }
    record.push(field);
    if (text[at] === ',') at += 1;
    else if (text.startsWith('\r\n', at)) {
      records.push(record);
      record = [];
      at += 2;
    } else throw new Error(`a record goes on after a field at ${String(at)}`);
    if (text[at - 1] === ',' && (at === text.length || text.startsWith('\r\n', at))) record.push('');
    if (text[at - 1] === ',' && text.startsWith('\r\n', at)) {
      records.push(record);
      record = [];
      at += 2;
    }
  }
  return records;
}
