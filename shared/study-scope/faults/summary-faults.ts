/** Summary tables that name what is not there, or one thing twice. */
import type { StudyFault } from '../../study-model.ts';
import type { Study } from '../../study.ts';
import type { SummaryTable } from '../../summary-table/definition.ts';
import { twice, type Named } from './id-faults.ts';

export function findSummaryFaults({ tables }: Study): readonly StudyFault[] {
  return [
    ...twice(
      'tables',
      tables.map(({ id }, t) => ({ id, path: ['tables', t, 'id'] })),
    ),
    // A row is asked for by its id alone.
    ...twice('rows', tables.flatMap(rowsOf)),
    ...tables.flatMap((table, t) => [
      ...twice(
        `populations of ${table.id}`,
        table.populations.map(({ id }, p) => ({ id, path: ['tables', t, 'populations', p, 'id'] })),
      ),
      ...findUnknownPopulations(table, t),
    ]),
  ];
}

function rowsOf({ sections }: SummaryTable, t: number): readonly Named[] {
  return sections.flatMap((section, s) =>
    section.rows.map(({ id }, r) => ({ id, path: ['tables', t, 'sections', s, 'rows', r, 'id'] })),
  );
}

function findUnknownPopulations(table: SummaryTable, t: number): readonly StudyFault[] {
  const named: readonly Named[] = [
    { id: table.population, path: ['tables', t, 'population'] },
    ...table.sections.flatMap((section, s) =>
      section.rows.flatMap((row, r) =>
        row.population === undefined
          ? []
          : [{ id: row.population, path: ['tables', t, 'sections', s, 'rows', r, 'population'] }],
      ),
    ),
  ];
  const unknownWhole = table.populations
    .map(({ within }, p) => ({ id: within, p }))
    .filter(
      ({ id, p }) => id !== undefined && !table.populations.slice(0, p).some((above) => above.id === id),
    )
    .map(({ id = '', p }) => ({
      path: ['tables', t, 'populations', p, 'within'],
      message: `there is no population "${id}" above this one`,
    }));
  const unknown = named
    .filter(({ id }) => !table.populations.some((population) => population.id === id))
    .map(({ id, path }) => ({ path, message: `there is no population "${id}"` }));
  return [...unknownWhole, ...unknown];
}
