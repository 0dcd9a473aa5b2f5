/**
 * What a classification of the study says here, so that a derivation or a check rests on the one place where the rule is
 * written:
 *
 *   classification("id")      criteria: true, false, or null when not evaluable
 *                             grades: the code, or null when not evaluable or when none fits
 *                             value: the number, or null
 *   criteria_met("id")        how many of its criteria, those of the first level, are met
 *   criteria_evaluable("id")  how many of them are met or not met
 *
 * One of a subject can be asked for anywhere, one of a form on that form, one of rows in its row.
 */
import type { Classification } from '../classification-definition.ts';
import type { Read, SpecialForm, SpecialResult } from '../feel/compile.ts';
import type { FeelValue } from '../feel/value.ts';
import type { StudyModel } from '../study-model.ts';
import type { Argument } from './arguments.ts';
import type { Frame, Home } from './frame.ts';
import type { PlacedClassification } from './placed-classification.ts';
import { classificationNamed, readClassification, truthsOf } from './read-classification.ts';

/** Names of these functions: what rests on them rests on the classification that they name. */
export const classificationFunctions: readonly string[] = [
  'classification',
  'criteria_met',
  'criteria_evaluable',
];

export function classificationForms(model: StudyModel, home: Home): ReadonlyMap<string, SpecialForm<Frame>> {
  const form = (
    name: string,
    read: (placed: PlacedClassification, frame: Frame) => FeelValue,
  ): readonly [string, SpecialForm<Frame>] => [name, (args) => build(model, home, name, args, read)];
  return new Map<string, SpecialForm<Frame>>([
    form('classification', readClassification),
    form('criteria_met', (placed, frame) => countOf(placed, frame, (truth) => truth === true)),
    form('criteria_evaluable', (placed, frame) => countOf(placed, frame, (truth) => truth !== null)),
  ]);
}

function build(
  model: StudyModel,
  home: Home,
  name: string,
  args: readonly Argument[],
  read: (placed: PlacedClassification, frame: Frame) => FeelValue,
): SpecialResult<Frame> {
  const id = args[0]?.literal ?? null;
  if (args.length !== 1 || typeof id !== 'string') return { fault: `write ${name}("id")` };
  const definition = model.study.classifications.find((known) => known.id === id);
  if (definition === undefined) return { fault: `there is no classification "${id}"` };
  if (name !== 'classification' && definition.criteria === undefined)
    return { fault: `classification "${id}" has no criteria to count` };
  if (!isHere(definition, home))
    return { fault: `classification "${id}" is one of each ${definition.each}, which this is not` };
  return { read: readNamed(model, id, read) };
}

/** The model is still being compiled when this is: what it holds is looked up when it is asked for. */
function readNamed(
  model: StudyModel,
  id: string,
  read: (placed: PlacedClassification, frame: Frame) => FeelValue,
): Read<Frame> {
  let placed: PlacedClassification | null = null;
  return (frame) => {
    placed ??= classificationNamed(model, id);
    return placed === null ? null : read(placed, frame);
  };
}

function countOf(
  placed: PlacedClassification,
  frame: Frame,
  counts: (truth: boolean | null) => boolean,
): FeelValue {
  return truthsOf(placed, frame)?.filter(counts).length ?? null;
}

function isHere({ each, form, group }: Classification, home: Home): boolean {
  if (each === 'subject') return true;
  if (each === 'row') return home.kind === 'row' && home.group.group.id === group;
  return formOf(home) === form;
}

function formOf(home: Home): string | null {
  if (home.kind === 'form') return home.form.form.id;
  return home.kind === 'row' ? home.group.home.form.id : null;
}
