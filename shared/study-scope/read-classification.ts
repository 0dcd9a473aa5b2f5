/** What a classification says, without its reasons; the truth tables are those of classifications.ts. */
import type { Truth } from '../feel/compare.ts';
import type { FeelValue } from '../feel/value.ts';
import type { StudyExpression, StudyModel } from '../study-model.ts';
import { roundedText } from './feel-to-item.ts';
import type { Frame } from './frame.ts';
import type { ClassificationRule, PlacedClassification, PlacedCriterion } from './placed-classification.ts';

export function classificationNamed(model: StudyModel, id: string): PlacedClassification | null {
  return model.classifications.find((placed) => placed.definition.id === id) ?? null;
}

/** As an expression reads it; the frame stands where the expression does. */
export function readClassification(placed: PlacedClassification, frame: Frame): FeelValue {
  const here = frameOf(placed, frame);
  return placed.where === null || placed.where.read(here) === true ? readRule(placed.rule, here) : null;
}

/** What each criterion of the first level is; null where there is nothing to classify. */
export function truthsOf(placed: PlacedClassification, frame: Frame): readonly Truth[] | null {
  const here = frameOf(placed, frame);
  if (placed.rule.kind !== 'criteria' || (placed.where !== null && placed.where.read(here) !== true))
    return null;
  const { criterion } = placed.rule;
  const parts = criterion.kind === 'holds' ? [criterion] : criterion.parts;
  return parts.map((part) => readCriterion(part, here));
}

/** A classification of a subject sees no form, one of forms no row. */
export function frameOf({ definition }: PlacedClassification, frame: Frame): Frame {
  switch (definition.each) {
    case 'subject':
      return { ...frame, instance: null, row: null, subjectItem: null };
    case 'form':
      return { ...frame, row: null, subjectItem: null };
    case 'row':
      return { ...frame, subjectItem: null };
  }
}

function readRule(rule: ClassificationRule, frame: Frame): FeelValue {
  switch (rule.kind) {
    case 'criteria':
      return readCriterion(rule.criterion, frame);
    case 'grades':
      for (const { code, criterion } of rule.grades) {
        const truth = readCriterion(criterion, frame);
        if (truth !== false) return truth === true ? code : null;
      }
      return rule.otherwise;
    case 'value':
      return roundedTo(rule.expression.read(frame), rule.decimals);
  }
}

function readCriterion(criterion: PlacedCriterion, frame: Frame): Truth {
  if (criterion.kind === 'holds') return readHolds(criterion.expression, frame);
  // No further than it takes to decide.
  let met = 0;
  let open = 0;
  for (const [position, part] of criterion.parts.entries()) {
    const truth = readCriterion(part, frame);
    if (truth === true) met += 1;
    else if (truth === null) open += 1;
    const left = criterion.parts.length - position - 1;
    if (met >= criterion.count) return true;
    if (met + open + left < criterion.count) return false;
  }
  return null;
}

/** Of a subject as a whole the answer is the same wherever it is asked: definitions share criteria. */
function readHolds(expression: StudyExpression, frame: Frame): Truth {
  if (frame.instance !== null || frame.trace !== null) return toTruth(expression.read(frame));
  const { truths } = frame.index.memo;
  const known = truths.get(expression);
  if (known !== undefined) return known;
  const truth = toTruth(expression.read(frame));
  truths.set(expression, truth);
  return truth;
}

/** What is neither true nor false is not evaluable. */
export function toTruth(value: FeelValue): Truth {
  return typeof value === 'boolean' ? value : null;
}

/** Met when so many are met, not met when that can't be reached any more, else not evaluable. */
export function atLeast(count: number, parts: readonly Truth[]): Truth {
  const met = parts.filter((part) => part === true).length;
  const open = parts.filter((part) => part === null).length;
  if (met >= count) return true;
  return met + open < count ? false : null;
}

/** A censored number keeps its sign. */
export function roundedTo(value: FeelValue, decimals: number | null): FeelValue {
  if (typeof value === 'number') {
    const text = roundedText(value, decimals);
    return text === null ? null : Number(text);
  }
  const isCensored =
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'bounded';
  return isCensored ? value : null;
}
