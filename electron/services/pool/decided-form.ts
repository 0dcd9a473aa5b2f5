/** A form as it is taken: what the workbook has, and what was decided in the conflict book about cells of it. */
import type { StudyModel } from '#shared/study-model.ts';
import { valueConflict } from '#shared/pool/conflict.ts';
import {
  pack,
  rowKey,
  toPacked,
  unpack,
  type DeliveredForm,
  type DoubtfulValue,
  type PackedValue,
} from '#shared/pool/delivered.ts';
import { spreadParts } from '#shared/pool/parts.ts';
import type { ItemValue } from '#shared/record.ts';
import type { ConflictBook } from './conflict-book.ts';
import type { HandEdit } from './delivery-file.ts';

export interface Deciding {
  readonly model: StudyModel;
  /** Its code in the pool. */
  readonly site: string;
  readonly book: ConflictBook;
}

/** `subject`: its number in the pool. */
export function decideForm(
  deciding: Deciding,
  subject: string,
  form: DeliveredForm,
  { edits, doubts }: { readonly edits: readonly HandEdit[]; readonly doubts: readonly DoubtfulValue[] },
): DeliveredForm {
  const { packed, settled } = decideEdits(deciding, subject, form, edits);
  const open = doubts.filter(({ row, item }) => !settled.has(rowKey(row, item)));
  return { ...form, packed: decideDoubts(deciding, subject, form, packed, open) };
}

/** `settled`: places about which the trail was decided to be right. */
interface EditedForm {
  readonly packed: string;
  readonly settled: ReadonlySet<string>;
}

const keyOfPacked = ([row, item]: PackedValue): string => rowKey(row, item);

/** Cells that were changed by hand, as it was decided: what the trail says, or what the cell does. */
function decideEdits(
  { model, site, book }: Deciding,
  subject: string,
  form: DeliveredForm,
  edits: readonly HandEdit[],
): EditedForm {
  const byTrail = edits.filter(({ row, item, trail: pooled, sheet }) => {
    const place = { event: form.event, form: form.form, row, item };
    const found = valueConflict('edited', site, subject, place, pooled, sheet);
    return book.find(found).decision === 'pooled';
  });
  const restored = byTrail.flatMap(({ row, item, trail: pooled }) =>
    pooled === null
      ? []
      : spreadParts(model, item, pooled).map((part) => toPacked(row, part.item, part.value)),
  );
  const settled = new Set([
    ...byTrail.map(({ row, item }) => rowKey(row, item)),
    ...restored.map(keyOfPacked),
  ]);
  if (settled.size === 0) return { packed: form.packed, settled };
  const kept = unpack(form.packed).filter((value) => !settled.has(keyOfPacked(value)));
  return { packed: pack(sorted([...kept, ...restored])), settled };
}

/** Values that nobody has decided about are left out; others are taken as it was decided. */
function decideDoubts(
  { model, site, book }: Deciding,
  subject: string,
  form: DeliveredForm,
  packed: string,
  doubts: readonly DoubtfulValue[],
): string {
  const taken = doubts.flatMap(({ kind, row, item, incoming }): readonly PackedValue[] => {
    const place = { event: form.event, form: form.form, row, item };
    const found = valueConflict(kind, site, subject, place, null, incoming);
    const { decision, value: given } = book.find(found);
    // Written by the conflict book alone, with the decision "other".
    const value = given === null ? null : (JSON.parse(given) as ItemValue);
    const taken = decision === 'incoming' ? incoming : value;
    if (taken === null) return [];
    return spreadParts(model, item, taken).map((part) => toPacked(row, part.item, part.value));
  });
  return taken.length === 0 ? packed : pack(sorted([...unpack(packed), ...taken]));
}

function sorted(values: readonly PackedValue[]): readonly PackedValue[] {
  return [...values].sort((a, b) => a[0] - b[0]);
}
