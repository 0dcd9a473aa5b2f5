/**
 * Findings that an item brings along without a check of the study:
 *
 *   <item>.hard      outside what is possible; cannot be confirmed
 *   <item>.soft      outside what is expected; can be confirmed with a reason
 *   <item>.pattern   not written as the item wants it; hard
 *   <item>.required  not answered, when the form is completed and in batch runs; hard
 *   <item>.parked    hidden by its condition and still holding an answer; soft, until somebody decides
 *
 * A censored number is outside when it certainly is: ">95" is above 90, "<95" may not be.
 * Bounds of a measurement are those of its analyte, in the analyte's unit.
 * Soft bounds can be those of some events only.
 */
import { kindOf, type FeelValue } from './feel/value.ts';
import {
  answerRequired,
  expected,
  notAnswered,
  notAsExpected,
  outsideHard,
  outsideSoft,
  parkedAnswer,
  parkedRule,
  patternRule,
  possible,
  type Limits,
  type Named,
} from './item-rule-texts.ts';
import { showItemWithUnit } from './item-value.ts';
import type { UsedValue } from './record.ts';
import type { PlacedItem } from './study-model.ts';
import { inBoth } from './study-text.ts';
import { frameAt, type Frame } from './study-scope/frame.ts';
import { partsOf } from './study-scope/measurement.ts';
import { placeOf, readValue, toUsed } from './study-scope/read-value.ts';
import { visibleCell } from './study-scope/visible-cell.ts';
import { showAnswer, showNumber } from './study-scope/shown-value.ts';
import { isHiddenIn } from './study-scope/visibility.ts';
import type { Cell, FormInstance, GroupRow, SubjectIndex } from './subject-index.ts';
import type { Analyte, Bounds, Item, Phase, Severity, Text } from './study.ts';
import { unitAfterNumber } from './units.ts';

export interface RuleFinding {
  readonly kind: 'hard' | 'soft' | 'pattern' | 'required' | 'parked';
  readonly severity: Severity;
  readonly placed: PlacedItem;
  readonly row: GroupRow;
  readonly message: Text;
  readonly rule: Text;
  readonly source: string;
  readonly convention: boolean;
  readonly used: readonly UsedValue[];
}

export function runItemRules(
  index: SubjectIndex,
  instance: FormInstance,
  row: GroupRow,
  placed: PlacedItem,
  phase: Phase,
): RuleFinding | null {
  const at: Place = { index, instance, row, placed };
  if (placed.conditional && isHiddenIn(index, row, placed)) return findParked(at);
  const cell = visibleCell(index, row, placed);
  if (cell === null) return phase === 'complete' || phase === 'batch' ? findUnanswered(at) : null;
  if (cell.value.text === null) return null;
  if (placed.pattern !== null && !placed.pattern.test(cell.value.text)) {
    const named = name(at, null);
    return finding(
      at,
      'pattern',
      'hard',
      notAsExpected(named, placed.item.help),
      patternRule(placed.item.pattern ?? '', placed.item.help),
    );
  }
  return findOutside(at, cell);
}

interface Place {
  readonly index: SubjectIndex;
  readonly instance: FormInstance;
  readonly row: GroupRow;
  readonly placed: PlacedItem;
}

function findParked(at: Place): RuleFinding | null {
  const cell = at.row.cells[at.placed.position] ?? null;
  if (cell === null || cell.derived) return null;
  const value = inBoth((language) => showItemWithUnit(at.index.model, at.placed, cell.value, language));
  const parked = finding(
    at,
    'parked',
    'soft',
    parkedAnswer({ label: at.placed.item.label, value }),
    parkedRule,
  );
  return { ...parked, used: [toUsed(placeOf(at.row, at.placed), cell)] };
}

/** Nobody answers a calculated item, so it is never missing. */
function findUnanswered(at: Place): RuleFinding | null {
  const { required } = at.placed;
  if (required === null || at.placed.item.type === 'calculated') return null;
  const row = at.placed.group.repeating ? at.row : null;
  // Conditions read no clock: whether an answer is owed must not change while nobody changes anything.
  const isRequired =
    required === 'always' || required.read(frameAt(at.index, Number.NaN, at.instance, row)) === true;
  return isRequired
    ? finding(at, 'required', 'hard', notAnswered(at.placed.item.label), answerRequired)
    : null;
}

function findOutside(at: Place, cell: Cell): RuleFinding | null {
  const { item } = at.placed;
  const analyte = at.placed.parts === null ? undefined : analyteOfRow(at, cell);
  const { hard, soft } = analyte ?? item;
  if (hard === undefined && soft === undefined) return null;
  const unit = analyte === undefined ? item.unit : analyte.unit;
  const value = readValue(quietFrame(at), at.row, at.placed);
  if (hard !== undefined && isOutside(value, hard)) {
    if (hard.check !== undefined) return null;
    const limits: Limits = { bounds: hard, unit };
    return finding(
      at,
      'hard',
      'hard',
      outsideHard(name(at, analyte ?? null, value), limits),
      possible(limits),
      analyte,
    );
  }
  if (soft !== undefined && hasSoftBoundsAt(item, at.instance.event.event.id) && isOutside(value, soft)) {
    if (soft.check !== undefined) return null;
    const limits: Limits = { bounds: soft, unit };
    return finding(
      at,
      'soft',
      'soft',
      outsideSoft(name(at, analyte ?? null, value), limits),
      expected(limits),
      analyte,
    );
  }
  return null;
}

/** What is expected of a child who is admitted says nothing of one who is well again. */
export function hasSoftBoundsAt({ softAt }: Item, event: string): boolean {
  return softAt === undefined || softAt.includes(event);
}

export function isOutside(value: FeelValue, { min, max }: Bounds): boolean {
  if (typeof value === 'number')
    return (min !== undefined && value < min) || (max !== undefined && value > max);
  if (value === null || kindOf(value) !== 'bounded' || typeof value !== 'object' || !('relation' in value))
    return false;
  switch (value.relation) {
    case '>':
      return max !== undefined && value.number >= max;
    case '>=':
      return max !== undefined && value.number > max;
    case '<':
      return min !== undefined && value.number <= min;
    case '<=':
      return min !== undefined && value.number < min;
  }
}

function analyteOfRow({ index, row, placed }: Place, cell: Cell): Analyte | undefined {
  const { test } = partsOf(index, row, placed, cell);
  return test === null ? undefined : index.model.analyte(test);
}

/** A measurement is named by its analyte; a converted one is shown in both units, since the limits are in the analyte's. */
function name({ index, row, placed }: Place, analyte: Analyte | null, standard: FeelValue = null): Named {
  const label = analyte?.label ?? placed.item.label;
  const cell = visibleCell(index, row, placed);
  const isConverted =
    analyte !== null && cell !== null && partsOf(index, row, placed, cell).unit !== analyte.unit;
  const number =
    typeof standard === 'number'
      ? standard
      : standard !== null && typeof standard === 'object' && 'number' in standard
        ? standard.number
        : null;
  const value = inBoth((language) => {
    const given = showAnswer(index, row, placed, language);
    return isConverted && number !== null
      ? `${given} (= ${showNumber(number, language)}${unitAfterNumber(analyte.unit, language)})`
      : given;
  });
  return { label, value };
}

function finding(
  at: Place,
  kind: RuleFinding['kind'],
  severity: Severity,
  message: Text,
  rule: Text,
  analyte?: Analyte,
): RuleFinding {
  const { placed, row } = at;
  const trace: UsedValue[] = [];
  readUsed({ ...quietFrame(at), trace }, at);
  return {
    kind,
    severity,
    placed,
    row,
    message,
    rule,
    source: analyte?.source ?? placed.item.source ?? placed.form.source ?? '',
    convention: analyte?.convention ?? placed.item.convention ?? false,
    used: trace,
  };
}

/** The value and, of a measurement, the parts that it is converted by. */
function readUsed(frame: Frame, { row, placed: { parts }, placed }: Place): void {
  readValue(frame, row, placed);
  if (parts === null) return;
  for (const part of [parts.relation, parts.unit, parts.test, parts.qualifier])
    if (part !== null) readValue(frame, row, part);
}

function quietFrame({ index, instance, row }: Place): Frame {
  return frameAt(index, Number.NaN, instance, row.group.group.repeating ? row : null);
}
