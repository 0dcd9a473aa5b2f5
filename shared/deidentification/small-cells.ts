/**
 * Combinations of what singles people out that few subjects share. A combination that fewer than five have is a small cell;
 * k is the size of the smallest one (k-anonymity, Sweeney 2002).
 */
export const fewest = 5;

export interface Cell {
  /** "age 5–9; centre 01; dm_sex 1". */
  readonly combination: string;
  readonly subjects: number;
}
export interface Cells {
  /** 0 when there is no subject. */
  readonly k: number;
  readonly all: number;
  /** The smallest first. */
  readonly small: readonly Cell[];
}

/** `combinations`: one for each subject. */
export function countCells(combinations: readonly string[]): Cells {
  const cells = [...Map.groupBy(combinations, (combination) => combination)].map(
    ([combination, own]): Cell => ({ combination, subjects: own.length }),
  );
  const sorted = cells.sort((a, b) => a.subjects - b.subjects || (a.combination < b.combination ? -1 : 1));
  return {
    k: sorted[0]?.subjects ?? 0,
    all: sorted.length,
    small: sorted.filter(({ subjects }) => subjects < fewest),
  };
}

/** The lower ends of the bands, in years. */
const bands = [0, 1, 5, 10, 15, 18, 30, 40, 50, 60, 70, 80, 90] as const;

export function ageBand(years: number): string {
  const position = bands.findLastIndex((from) => years >= from);
  const [from, next] = [bands[position], bands[position + 1]];
  if (from === undefined) return 'below 0';
  if (next === undefined) return `${String(from)} and above`;
  return next === from + 1 ? String(from) : `${String(from)}–${String(next - 1)}`;
}
