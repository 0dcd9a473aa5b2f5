/** The map of a subject: what stands in each cell of events × forms, and how a keyboard walks it. */
import type { Step } from './arrow-steps.ts';
import { isFilledIn } from '#shared/filled-in.ts';
import { stateOf, type SubjectIndex } from '#shared/subject-index.ts';
import type { EventInstance, PlacedForm, StudyModel } from '#shared/study-model.ts';
import type { Query } from '#shared/query.ts';
import type { Finding, FormState } from '#shared/record.ts';
import type { Visit } from '#shared/visit-schedule.ts';
import { formKey } from './places.ts';
import { visitTiming, type VisitTiming } from '#shared/visit-timing.ts';

export interface MatrixCell {
  readonly event: string;
  readonly form: PlacedForm;
  readonly state: FormState;
  readonly duty: 'required' | 'optional';
  readonly openHard: number;
  readonly openSoft: number;
  /** Asked by people; those of checks are told by their findings. */
  readonly openQueries: number;
}
export interface MatrixRow {
  readonly visit: Visit;
  /** null while the visit has no date or no window. */
  readonly timing: VisitTiming | null;
  /** By column; null where the form is no part of the event. */
  readonly cells: readonly (MatrixCell | null)[];
}
export interface Matrix {
  readonly columns: readonly PlacedForm[];
  readonly rows: readonly MatrixRow[];
}

/** Log events stand apart: their forms are not visits. `logs` picks which of both is wanted. */
export function buildMatrix(
  index: SubjectIndex,
  findings: readonly Finding[],
  visits: readonly Visit[],
  logs: boolean,
  queries: readonly Query[] = [],
): Matrix {
  const { model } = index;
  const shown = visits.filter(({ instance }) => (instance.event.kind === 'log') === logs);
  const columns = model.forms.filter((form) =>
    shown.some(({ instance }) => model.duty(instance.event, form.form.id) !== null),
  );
  const counts = countOpen(findings);
  const asked = Map.groupBy(
    queries.filter(({ check, state }) => check === null && state === 'open'),
    formKey,
  );
  const rows = shown.map((visit): MatrixRow => ({
    visit,
    timing: visitTiming(index, visit.instance.id),
    cells: columns.map((form) => {
      const event = visit.instance.id;
      const duty = model.duty(visit.instance.event, form.form.id);
      if (duty === null) return null;
      const open = counts.get(`${event}|${form.form.id}`);
      const state = stateOf(index, event, form.form.id);
      const openQueries = asked.get(formKey({ event, form: form.form.id }))?.length ?? 0;
      return { event, form, state, duty, openHard: open?.hard ?? 0, openSoft: open?.soft ?? 0, openQueries };
    }),
  }));
  return { columns, rows };
}

/** The forms of one event instance, in the order of the study. */
export function formsOf(model: StudyModel, event: EventInstance): readonly PlacedForm[] {
  return model.forms.filter((form) => model.duty(event.event, form.form.id) !== null);
}

export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

/** The nearest cell that exists in the direction; the same one when there is none. */
export function walk(matrix: Matrix, from: CellPosition, step: Step): CellPosition {
  const exists = (at: CellPosition): boolean => (matrix.rows[at.row]?.cells[at.column] ?? null) !== null;
  const down = step === 'down' ? 1 : step === 'up' ? -1 : 0;
  const right = step === 'right' ? 1 : step === 'left' ? -1 : 0;
  if (step === 'first' || step === 'last') {
    const columns = [...matrix.columns.keys()].filter((column) => exists({ row: from.row, column }));
    return { row: from.row, column: (step === 'first' ? columns[0] : columns.at(-1)) ?? from.column };
  }
  let at: CellPosition = { row: from.row + down, column: from.column + right };
  while (at.row >= 0 && at.row < matrix.rows.length && at.column >= 0 && at.column < matrix.columns.length) {
    if (exists(at)) return at;
    at = { row: at.row + down, column: at.column + right };
  }
  return from;
}

/** Where the walk starts: the first cell that asks for something, else the first that exists. */
export function firstCell(matrix: Matrix): CellPosition {
  let first: CellPosition | null = null;
  for (const [row, { cells }] of matrix.rows.entries()) {
    for (const [column, cell] of cells.entries()) {
      if (cell === null) continue;
      first ??= { row, column };
      const isAwaited = cell.state === 'empty' && cell.duty === 'required' && !isFilledIn(cell.form);
      if (cell.state === 'in-progress' || isAwaited) return { row, column };
    }
  }
  return first ?? { row: 0, column: 0 };
}

function countOpen(findings: readonly Finding[]): ReadonlyMap<string, { hard: number; soft: number }> {
  const counts = new Map<string, { hard: number; soft: number }>();
  for (const finding of findings) {
    if (finding.severity === 'information' || finding.status !== 'open') continue;
    const key = `${finding.event}|${finding.form}`;
    const count = counts.get(key) ?? { hard: 0, soft: 0 };
    count[finding.severity] += 1;
    counts.set(key, count);
  }
  return counts;
}
