/**
 * Which fields of a repeating group get a column on A4, and which are listed under their row. Widths are estimates for
 * the fonts that the page may meet: the table must never be cut off at the edge of the paper.
 */
import type { CasebookItem, CasebookRow } from '#shared/casebook.ts';

export type Column = Pick<CasebookItem, 'item' | 'label' | 'derived' | 'order'>;

const pageMm = 182;
/** Row number and who wrote last. */
const sidesMm = 38;
const paddingMm = 2.4;
/** Of a letter: bold in a cell, and small in a head. */
const letterMm = { cell: 1.55, head: 1.3 } as const;
/** A field that fewer rows have is told under them. */
const leastShare = 1 / 3;
const longestCell = 60;

interface Candidate extends Column {
  readonly uses: number;
  readonly widthMm: number;
  readonly longest: number;
}

/** In the order of the study. */
export function chooseColumns(rows: readonly CasebookRow[]): readonly Column[] {
  const found = candidatesIn(rows).filter(
    ({ uses, longest }) => longest <= longestCell && uses >= rows.length * leastShare,
  );
  const byUse = found.toSorted((one, other) => other.uses - one.uses || one.order - other.order);
  const kept = new Set<Candidate>();
  let room = pageMm - sidesMm;
  for (const candidate of byUse) {
    if (candidate.widthMm > room) continue;
    room -= candidate.widthMm;
    kept.add(candidate);
  }
  return [...kept].sort((one, other) => one.order - other.order);
}

function candidatesIn(rows: readonly CasebookRow[]): readonly Candidate[] {
  const byItem = Map.groupBy(
    rows.flatMap((row) => row.items),
    ({ item }) => item,
  );
  return [...byItem.values()].flatMap((items): readonly Candidate[] => {
    const [first] = items;
    if (first === undefined) return [];
    const cells = items.flatMap(({ answer }) => [answer.text, answer.code ?? '']);
    const widthMm = Math.max(
      longestWord(cells) * letterMm.cell,
      longestWord([first.label, first.item]) * letterMm.head,
    );
    const { item, label, derived, order } = first;
    const longest = Math.max(...cells.map((cell) => cell.length));
    return [{ item, label, derived, order, longest, uses: items.length, widthMm: widthMm + paddingMm }];
  });
}

function longestWord(texts: readonly string[]): number {
  return Math.max(...texts.flatMap((text) => text.split(/[\s-]+/u).map((word) => word.length)));
}
