import { describe, expect, it } from 'vitest';
import { runChecks } from '#shared/edit-checks.ts';
import type { FormStatus } from '#shared/record.ts';
import type { Query, QueryState } from '#shared/query.ts';
import { indexSubject } from '#shared/subject-index.ts';
import { scheduleOf } from '#shared/visit-schedule.ts';
import { nextEvent, nextForm } from '../../../renderer/stores/form-walk.ts';
import { buildMatrix, firstCell, walk, type Matrix } from '../../../renderer/stores/matrix.ts';
import { now, plainModel as model, recordOf, type Answers } from '../engine/run.ts';

function matrixOf(answers: Answers, forms: readonly FormStatus[] = [], logs = false): Matrix {
  const index = indexSubject(model, recordOf(answers, model, forms));
  return buildMatrix(
    index,
    runChecks(model, index, { phase: 'entry', now }),
    scheduleOf(model, index, now),
    logs,
  );
}
function drawn(matrix: Matrix): readonly string[] {
  return matrix.rows.map(
    ({ visit, cells }) =>
      `${visit.instance.id}: ${cells.map((cell) => (cell === null ? '-' : `${cell.duty} ${cell.state} ${String(cell.openHard)}/${String(cell.openSoft)}`)).join(', ')}`,
  );
}

describe('the map of a subject', () => {
  it('has a row for each event and a column for each form of a visit', () => {
    expect(matrixOf({}).columns.map(({ form }) => form.id)).toEqual(['ENR', 'NIGHT', 'LAB']);
    expect(drawn(matrixOf({}))).toEqual([
      'SCR: required empty 0/0, -, required empty 0/0',
      'N1: -, required empty 0/0, -',
      'N7: -, required empty 0/0, -',
      'END: -, -, optional empty 0/0',
    ]);
  });

  it('keeps logs apart', () => {
    expect(drawn(matrixOf({}, [], true))).toEqual(['LOG: optional empty 0/0']);
  });

  it('counts what is open in each form', () => {
    const [screening] = drawn(
      matrixOf({ 'SCR/ENR/s_weight': '300', 'SCR/ENR/s_code': 'x' }, [
        { event: 'SCR', form: 'ENR', state: 'in-progress' },
      ]),
    );
    expect(screening).toBe('SCR: required in-progress 2/0, -, required empty 0/0');
  });

  it('counts the open queries of people in each form; those of checks are told by their findings', () => {
    const index = indexSubject(model, recordOf({}, model));
    const asked = (form: string, state: QueryState, check: string | null): Query => ({
      ...{
        id: 1,
        subject: '01-001',
        event: 'SCR',
        form,
        row: 1,
        item: 's_weight',
        check,
        checkVersion: null,
      },
      ...{ severity: null, message: null, state, closedBy: null, openedAt: '', changedAt: '', messages: [] },
    });
    const queries = [
      asked('ENR', 'open', null),
      asked('ENR', 'answered', null),
      asked('ENR', 'open', 'c'),
      asked('LAB', 'open', 'c'),
    ];
    const [screening] = buildMatrix(index, [], scheduleOf(model, index, now), false, queries).rows;
    expect(screening?.cells.map((cell) => cell?.openQueries ?? null)).toEqual([1, null, 0]);
  });

  it('is walked from cell to cell over the gaps', () => {
    const matrix = matrixOf({});
    expect(walk(matrix, { row: 0, column: 0 }, 'right')).toEqual({ row: 0, column: 2 });
    expect(walk(matrix, { row: 0, column: 2 }, 'down')).toEqual({ row: 3, column: 2 });
    expect(walk(matrix, { row: 0, column: 0 }, 'up')).toEqual({ row: 0, column: 0 });
    expect(walk(matrix, { row: 0, column: 0 }, 'last')).toEqual({ row: 0, column: 2 });
    expect(walk(matrix, { row: 0, column: 2 }, 'first')).toEqual({ row: 0, column: 0 });
  });

  it('starts where something is to be done', () => {
    expect(firstCell(matrixOf({}))).toEqual({ row: 0, column: 0 });
    expect(firstCell(matrixOf({}, [{ event: 'SCR', form: 'ENR', state: 'complete' }]))).toEqual({
      row: 0,
      column: 2,
    });
  });
});

describe('the keyboard’s way through the forms', () => {
  it('goes to the next form of the event and ends there', () => {
    expect(nextForm(model, { event: 'SCR', form: 'ENR' }, 1)).toEqual({ event: 'SCR', form: 'LAB' });
    expect(nextForm(model, { event: 'SCR', form: 'LAB' }, 1)).toBeNull();
    expect(nextForm(model, { event: 'SCR', form: 'LAB' }, -1)).toEqual({ event: 'SCR', form: 'ENR' });
  });

  it('goes to the next event that has the form', () => {
    const events = model.eventInstances;
    expect(nextEvent(model, events, { event: 'SCR', form: 'LAB' }, 1)).toEqual({ event: 'END', form: 'LAB' });
    expect(nextEvent(model, events, { event: 'N1', form: 'NIGHT' }, 1)).toEqual({
      event: 'N2',
      form: 'NIGHT',
    });
    expect(nextEvent(model, events, { event: 'SCR', form: 'ENR' }, -1)).toBeNull();
  });
});
