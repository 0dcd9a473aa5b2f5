/** Names that Excel takes: it knows no difference between upper and lower case, and forbids what it reads as a cell. */

/** Excel's own limit. */
export const longestSheetName = 31;

/** Sheets that are not forms; no form sheet may take one of their names. */
export const fixedSheets = [
  '00_README',
  '01_SUBJECTS',
  'DICTIONARY',
  'CODELISTS',
  'MISSING',
  'UNITS',
  'CHECKS',
  'QUERIES',
  'AUDIT',
  'SIGNATURES',
  'CODING',
  'CHANGES',
  'LONGTEXT',
  'MANIFEST',
] as const;

/** One name for each id, in their order, none of them a fixed one. */
export function sheetNames(ids: readonly string[]): readonly string[] {
  return uniqueNames(
    ids.map((id) => id.replace(/[\\/?*[\]:']/gu, '_')),
    fixedSheets,
    longestSheetName,
  );
}

/** The names themselves; one that is taken already gets a number at its end. */
export function uniqueNames(
  names: readonly string[],
  taken: Iterable<string> = [],
  longest = 255,
): readonly string[] {
  const known = new Set([...taken].map((name) => name.toLowerCase()));
  return names.map((name) => {
    const own = freeName(name, known, longest);
    known.add(own.toLowerCase());
    return own;
  });
}

/** `taken` holds names in lower case. */
function freeName(name: string, taken: ReadonlySet<string>, longest: number): string {
  let free = name.slice(0, longest);
  for (let n = 2; taken.has(free.toLowerCase()); n += 1) free = withNumber(name, n, longest);
  return free;
}

/** "VS", 2 → "VS_2", cut so that the whole fits. */
export function withNumber(name: string, n: number, longest: number): string {
  const end = `_${n}`;
  return `${name.slice(0, longest - end.length)}${end}`;
}

/** A code list's name for formulas, by its id. "CL1" alone would be the cell in column CL, row 1. */
export function listNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const names = uniqueNames(ids.map((id) => `LIST_${id.replace(/[^A-Za-z0-9_]/gu, '_')}`));
  return new Map(ids.map((id, index) => [id, names[index] ?? id]));
}
