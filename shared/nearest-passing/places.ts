/**
 * The answers that could be changed to make a finding pass: those that its check names, where it looked at them. Where
 * it names only calculated items, the numbers of the same row that these rest on.
 */
import type { Finding, ValuePlace } from '../record.ts';
import type { PlacedItem, StudyModel } from '../study-model.ts';
import { readsAs } from '../study-scope/item-to-feel.ts';

export interface PlaceToChange {
  readonly place: ValuePlace;
  readonly placed: PlacedItem;
}

/** Of an item that stands in many rows (the weights of all visits), as many as a person would look at. */
const mostOfOneItem = 3;

export function placesToChange(model: StudyModel, finding: Finding): readonly PlaceToChange[] {
  const named = finding.items.flatMap((id) => model.item(id) ?? []);
  const typed = named.filter(
    (placed) =>
      placed.item.type !== 'calculated' && placed.item.system === undefined && !saysWhatItIs(placed),
  );
  const here = model.item(finding.item);
  const hasNumber = typed.some((placed) => placed.home === here?.home && isMeasured(placed));
  const inputs = hasNumber ? [] : named.flatMap(inputsOf);
  return [...new Set([...typed, ...inputs])].flatMap((placed) =>
    placesOf(finding, placed, here).map((place) => ({ place, placed })),
  );
}

function placesOf(finding: Finding, placed: PlacedItem, here: PlacedItem | undefined): readonly ValuePlace[] {
  const { event, form } = finding;
  const item = placed.item.id;
  if (placed.home === here?.home) return [{ event, form, row: finding.row, item }];
  if (placed.form.id === form && !placed.group.repeating) return [{ event, form, row: 1, item }];
  return finding.used
    .filter((used) => used.item === item && used.text !== null)
    .slice(0, mostOfOneItem)
    .map((used) => ({ event: used.event, form: used.form, row: used.row, item }));
}

function inputsOf(calculated: PlacedItem): readonly PlacedItem[] {
  if (calculated.expression === null) return [];
  return calculated.home.items.filter(
    (placed) => calculated.dependsOn.has(placed.item.id) && placed.expression === null && isMeasured(placed),
  );
}

function isMeasured({ item }: PlacedItem): boolean {
  const kind = readsAs(item);
  return item.type !== 'calculated' && (kind === 'number' || kind === 'measurement');
}

/** The test of a laboratory row: a result of another test would be another result. */
function saysWhatItIs(placed: PlacedItem): boolean {
  return placed.home.items.some(({ parts }) => parts?.test === placed);
}
