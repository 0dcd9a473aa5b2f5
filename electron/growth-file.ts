/** Reads one measure of a CSV of LMS growth parameters with the columns measure, sex, age_…, L, M, S. */

/** sex code of the study → rows of [age, L, M, S] by rising age */
export type LmsRows = Record<string, [number, number, number, number][]>;

/**
 * `sexCodes` maps the file's sex codes to the study's.
 * Gives a sentence instead of rows when the file is not such a table.
 */
export function readGrowthTable(
  text: string,
  measure: string,
  sexCodes: Readonly<Record<string, unknown>>,
): LmsRows | string {
  const [head = '', ...lines] = text.split(/\r?\n/u).filter((line) => line !== '');
  const columns = head.split(',');
  const position = (name: string) =>
    columns.findIndex((column) => column === name || (name === 'age' && column.startsWith('age_')));
  const [m = -1, s = -1, age = -1, l = -1, mu = -1, sigma = -1] = [
    'measure',
    'sex',
    'age',
    'L',
    'M',
    'S',
  ].map(position);
  if ([m, s, age, l, mu, sigma].includes(-1))
    return 'the first line does not name the columns measure, sex, age_…, L, M, S';

  const rows = new Map<string, [number, number, number, number][]>();
  for (const [index, line] of lines.entries()) {
    const cells = line.split(',');
    if (cells[m] !== measure) continue;
    const sex = sexCodes[cells[s] ?? ''];
    const numbers = [age, l, mu, sigma].map((column) => Number(cells[column] ?? 'NaN'));
    const [a = NaN, lambda = NaN, median = NaN, variation = NaN] = numbers;
    if (typeof sex !== 'string' || numbers.some((n) => !Number.isFinite(n)))
      return `line ${String(index + 2)} is not a row of sex, age, L, M, S`;
    const own = rows.get(sex) ?? [];
    own.push([a, lambda, median, variation]);
    rows.set(sex, own);
  }
  if (rows.size === 0) return `no row has the measure “${measure}”`;
  for (const own of rows.values()) own.sort((x, y) => x[0] - y[0]);
  return Object.fromEntries(rows);
}
