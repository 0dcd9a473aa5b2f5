/**
 * Whether a finding would still be there with other answers: its own condition, asked once more where it fired.
 * Calculated items are worked out anew where the condition reads them, and nowhere else.
 */
import type { Truth } from '../feel/compare.ts';
import { runItemRules } from '../item-rules.ts';
import { minuteNumber } from '../partial-date.ts';
import type { Finding, LocalMinute } from '../record.ts';
import { frameAt, type Frame } from '../study-scope/frame.ts';
import { emptyMemo } from '../study-scope/memo.ts';
import { visibleCell } from '../study-scope/visible-cell.ts';
import type { PlacedCheck, PlacedItem, StudyModel } from '../study-model.ts';
import {
  emptyInstance,
  instanceKey,
  rowAt,
  withDrafts,
  type Draft,
  type FormInstance,
  type SubjectIndex,
} from '../subject-index.ts';

/** true: it fires. false: it doesn't. null: it can't be told. */
export type Trial = (drafts: readonly Draft[]) => Truth;

/** null for a finding that the definition has no rule for any more, or whose place can't be told from it. */
export function createTrial(
  model: StudyModel,
  index: SubjectIndex,
  finding: Finding,
  now: LocalMinute,
): Trial | null {
  const minute = minuteNumber(now) ?? Number.NaN;
  const ask = askingFor(model, finding, minute);
  if (ask === null) return null;
  return (drafts) => ask(derivingIndex(withDrafts(index, drafts), now));
}

/** The same answers, with calculated items worked out where they are read. */
export function derivingIndex(index: SubjectIndex, now: LocalMinute): SubjectIndex {
  return { ...index, memo: emptyMemo(minuteNumber(now) ?? Number.NaN) };
}

type Ask = (index: SubjectIndex) => Truth;

function askingFor(model: StudyModel, finding: Finding, minute: number): Ask | null {
  const check = model.plan.byId.get(finding.check);
  const placed = model.item(finding.item);
  if (placed === undefined) return null;
  return check === undefined ? askRule(finding, placed) : askCheck(finding, check, placed, minute);
}

function askCheck(finding: Finding, check: PlacedCheck, placed: PlacedItem, minute: number): Ask | null {
  const frameIn = framing(finding, check, placed, minute);
  if (frameIn === null) return null;
  return (index) => {
    const frame = frameIn(index);
    const result = frame === null ? null : check.fires.read(frame);
    return typeof result === 'boolean' ? result : null;
  };
}

/** Where the check looked when it fired; null where the place of the finding doesn't tell. */
function framing(
  finding: Finding,
  { check, about }: PlacedCheck,
  placed: PlacedItem,
  minute: number,
): ((index: SubjectIndex) => Frame | null) | null {
  const inForm =
    (rowOf: (index: SubjectIndex, instance: FormInstance) => Partial<Frame> | null) =>
    (index: SubjectIndex): Frame | null => {
      const instance = instanceOf(index, finding);
      const row = instance === null ? null : rowOf(index, instance);
      return instance === null || row === null ? null : { ...frameAt(index, minute, instance, null), ...row };
    };
  const ownRow = (index: SubjectIndex) => rowAt(index, finding.event, placed.home, finding.row);
  switch (check.each) {
    case 'subject':
      return (index) => frameAt(index, minute, null, null);
    case 'form':
      return about === placed.home.home ? inForm(() => ({})) : null;
    case 'row': {
      if (about !== placed.home.home || (check.group ?? placed.group.id) !== placed.group.id) return null;
      return inForm((index) => {
        const row = ownRow(index);
        return row === null ? null : { row: placed.group.repeating ? row : null };
      });
    }
    case 'value':
      return inForm((index) => {
        const row = ownRow(index);
        return row === null ? null : { row, subjectItem: placed };
      });
  }
}

/** Bounds: beyond the hard ones is no way out of the soft ones. */
function askRule(finding: Finding, placed: PlacedItem): Ask | null {
  const kind = finding.check.slice(placed.item.id.length + 1);
  if (kind !== 'hard' && kind !== 'soft' && kind !== 'pattern') return null;
  return (index) => {
    const instance = instanceOf(index, finding);
    const row = rowAt(index, finding.event, placed.home, finding.row);
    if (instance === null || row === null || (visibleCell(index, row, placed)?.value.text ?? null) === null)
      return null;
    const found = runItemRules(index, instance, row, placed, 'entry');
    return found !== null && (found.kind === kind || found.kind === 'hard');
  };
}

function instanceOf(index: SubjectIndex, { event, form }: Finding): FormInstance | null {
  return index.byKey.get(instanceKey(event, form)) ?? emptyInstance(index.model, event, form);
}
