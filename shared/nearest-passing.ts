/**
 * The nearest answer with which a finding would not be there: "at most 256 mg". Found by asking the very condition that
 * fired, with one answer of the finding at a time put in another's place, so it can't say otherwise than the check does.
 *
 *   number, date   outwards in growing steps to the first value that passes, then back to where it begins; verified
 *                  on the item's own grid: the value offered passes, the one before it doesn't
 *   code           every code of the list
 *   several codes  one code more or less
 *
 * A value with which the condition is not evaluable doesn't pass: not being able to tell is no way out of a finding.
 */
import type { Finding, ItemValue, LocalMinute, ValuePlace } from './record.ts';
import { codesOf } from './item-value/choice.ts';
import { nothing } from './item-value/reading.ts';
import { placesToChange } from './nearest-passing/places.ts';
import { gridOf, type Grid } from './nearest-passing/grid.ts';
import { passingAway } from './nearest-passing/search.ts';
import { createTrial, derivingIndex } from './nearest-passing/trial.ts';
import { visibleCell } from './study-scope/visible-cell.ts';
import type { PlacedItem, StudyModel } from './study-model.ts';
import { rowAt, valueAt, withDrafts, type SubjectIndex } from './subject-index.ts';

/** Canonical texts. `far` is null where everything beyond passes too, as far as the item goes. */
export interface PassingRange {
  readonly side: 'below' | 'above';
  readonly near: string;
  readonly far: string | null;
  /** What the calculated items of the finding come to at `near`. */
  readonly brings: readonly { readonly placed: PlacedItem; readonly text: string }[];
}
interface At {
  readonly place: ValuePlace;
  readonly placed: PlacedItem;
}
export type Passing =
  | (At & { readonly kind: 'range'; readonly ranges: readonly PassingRange[] })
  | (At & { readonly kind: 'code'; readonly codes: readonly string[] })
  | (At & { readonly kind: 'codes'; readonly sets: readonly (readonly string[])[] });

/** Empty when no change of one answer alone makes it pass. */
export function nearestPassing(
  model: StudyModel,
  index: SubjectIndex,
  finding: Finding,
  now: LocalMinute,
): readonly Passing[] {
  const fires = createTrial(model, index, finding, now);
  if (fires === null) return [];
  return placesToChange(model, finding).flatMap((at): readonly Passing[] => {
    const current = valueAt(index, at.place);
    const passes = (value: ItemValue): boolean => fires([{ place: at.place, value }]) === false;
    const passing =
      at.placed.codeList === null
        ? rangesOf(index, at, current, passes, (value) =>
            calculatedWith(model, index, finding, at, value, now),
          )
        : codesThatPass(at, current, passes);
    return passing === null ? [] : [passing];
  });
}

function rangesOf(
  index: SubjectIndex,
  at: At,
  current: ItemValue | null,
  passes: (value: ItemValue) => boolean,
  calculated: (value: ItemValue) => PassingRange['brings'],
): Passing | null {
  const grid = current === null ? null : gridOf(index, at.place, at.placed, current);
  if (grid === null) return null;
  const ranges = (['below', 'above'] as const).flatMap((side): readonly PassingRange[] => {
    const found = passingAway(grid, side, (step) => passes(grid.valueAt(step)));
    if (found === null) return [];
    const { near, far } = found;
    const brings = calculated(grid.valueAt(near));
    return [{ side, near: textAt(grid, near), far: far === null ? null : textAt(grid, far), brings }];
  });
  return ranges.length === 0 ? null : { ...at, kind: 'range', ranges };
}

/** Of the same row as the answer that is changed. */
function calculatedWith(
  model: StudyModel,
  index: SubjectIndex,
  { items }: Finding,
  { place, placed }: At,
  value: ItemValue,
  now: LocalMinute,
): PassingRange['brings'] {
  const deriving = derivingIndex(withDrafts(index, [{ place, value }]), now);
  const row = rowAt(deriving, place.event, placed.home, place.row);
  return items.flatMap((id) => {
    const other = model.item(id);
    if (row === null || other?.home !== placed.home || other.expression === null) return [];
    const text = visibleCell(deriving, row, other)?.value.text ?? null;
    return text === null ? [] : [{ placed: other, text }];
  });
}

function codesThatPass(
  at: At,
  current: ItemValue | null,
  passes: (value: ItemValue) => boolean,
): Passing | null {
  const codes = at.placed.codeList?.codes.map(({ code }) => code) ?? [];
  if (at.placed.item.type !== 'multiple-choice') {
    const passing = codes.filter((code) => code !== current?.text && passes({ ...nothing, text: code }));
    return passing.length === 0 ? null : { ...at, kind: 'code', codes: passing };
  }
  const chosen = current === null ? [] : codesOf(current);
  const sets = codes
    .map((changed) => codes.filter((code) => chosen.includes(code) !== (code === changed)))
    .filter((set) => set.length > 0 && passes({ ...nothing, text: JSON.stringify(set) }));
  return sets.length === 0 ? null : { ...at, kind: 'codes', sets };
}

function textAt(grid: Grid, step: number): string {
  return grid.valueAt(step).text ?? '';
}
