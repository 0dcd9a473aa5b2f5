/** What names and functions mean to the expressions of a study, by where they are written. */
import type { Environment, Read } from '../feel/compile.ts';
import type { UsedValue } from '../record.ts';
import type { StudyModel } from '../study-model.ts';
import { asking } from './absence.ts';
import { answerForms } from './answer-forms.ts';
import { classificationForms } from './classification-form.ts';
import { formFunctions } from './form-functions.ts';
import type { Frame, Home } from './frame.ts';
import { locate } from './locate.ts';
import { readValue } from './read-value.ts';
import { resultForms } from './result-forms.ts';
import { scopeName } from './scope-names.ts';
import { specialForms } from './special-forms.ts';
import { studyFunctions } from './study-functions.ts';
import { anchorValue } from './windows.ts';

export interface KnownEnvironment {
  readonly environment: Environment<Frame>;
  /** Items that were named bare where they have no single value. */
  readonly ambiguous: ReadonlySet<string>;
}

/** One environment for each place that expressions can be written in. */
export function environments(model: StudyModel): (home: Home) => KnownEnvironment {
  const known = new Map<string, KnownEnvironment>();
  return (home) => {
    const key =
      home.kind === 'row'
        ? `row ${home.group.group.id}`
        : home.kind === 'form'
          ? `form ${home.form.form.id}`
          : home.kind;
    const environment = known.get(key) ?? createEnvironment(model, home);
    known.set(key, environment);
    return environment;
  };
}

function createEnvironment(model: StudyModel, home: Home): KnownEnvironment {
  const ambiguous = new Set<string>();
  const resolve = (name: string): Read<Frame> | null => {
    const placed = model.item(name);
    if (placed !== undefined) {
      const rowOf = locate(home, placed);
      if (rowOf === null) {
        ambiguous.add(name);
        return null;
      }
      return (frame) => {
        const row = rowOf(frame);
        return row === null ? null : readValue(frame, row, placed);
      };
    }
    return model.anchor(name) === undefined ? scopeName(home, name) : readAnchor(name);
  };
  const special = new Map([
    ...specialForms(model, home),
    ...answerForms(model, home),
    ...studyFunctions(model),
    ...formFunctions(model, home),
    ...resultForms(model),
    ...classificationForms(model, home),
  ]);
  return { environment: { resolve, special, asking }, ambiguous };
}

/** While looking for what is missing, an anchor that is not known stands for everything that it would be known from. */
function readAnchor(id: string): Read<Frame> {
  return (frame) => {
    if (frame.trace === null) return anchorValue(frame.index, id);
    const expression = frame.index.model.anchor(id)?.expression ?? null;
    const trace: UsedValue[] = [];
    const subject = { ...frame, instance: null, row: null, subjectItem: null, absent: null, trace };
    const value = expression?.read(subject) ?? null;
    const isMissed = value === null && frame.absent !== null;
    frame.trace.push(...(isMissed ? trace.filter((used) => used.text !== null) : trace));
    if (isMissed) frame.absent.push({ kind: 'anchor', id });
    return value;
  };
}
