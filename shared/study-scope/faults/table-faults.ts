/** Analytes, growth references and lookup tables. */
import type { StudyFault } from '../../study-model.ts';
import type { Analyte, LmsTable, Lookup, Study } from '../../study.ts';
import { reversed } from './item-faults.ts';

export function findTableFaults(study: Study): readonly StudyFault[] {
  return [
    ...study.analytes.flatMap((analyte, position) =>
      findAnalyteFaults(analyte).map((fault) => ({ ...fault, path: ['analytes', position, ...fault.path] })),
    ),
    ...study.growth.flatMap((table, position) =>
      findGrowthFaults(table).map((fault) => ({ ...fault, path: ['growth', position, ...fault.path] })),
    ),
    ...study.lookups.flatMap((table, position) =>
      findBandFaults(table).map((fault) => ({ ...fault, path: ['lookups', position, ...fault.path] })),
    ),
  ];
}

function findAnalyteFaults(analyte: Analyte): readonly StudyFault[] {
  const keys = analyte.units.map((known) => `${known.unit}|${known.qualifier ?? ''}`);
  return [
    ...(['hard', 'soft'] as const).flatMap((key) => {
      const message = reversed(analyte[key] ?? {});
      return message === null ? [] : [{ path: [key], message }];
    }),
    ...analyte.units
      .map((known, position) => ({ known, position }))
      .filter(({ position }) => keys.indexOf(keys[position] ?? '') !== position)
      .map(({ known, position }) => ({
        path: ['units', position],
        message: `unit "${known.unit}" has two factors`,
      })),
    ...analyte.units
      .map((known, position) => ({ known, position }))
      .filter(
        ({ known }) => known.unit === analyte.unit && known.qualifier === undefined && known.factor !== 1,
      )
      .map(({ known, position }) => ({
        path: ['units', position, 'factor'],
        message: `"${known.unit}" is the storage unit: its factor is 1`,
      })),
  ];
}

function findGrowthFaults(table: LmsTable): readonly StudyFault[] {
  return Object.entries(table.rows).flatMap(([sex, rows]) => {
    const falling = rows.findIndex(
      (row, position) => position > 0 && row[0] <= (rows[position - 1]?.[0] ?? Number.NEGATIVE_INFINITY),
    );
    const unusable = rows.findIndex(([, , m, s]) => !(m > 0 && s > 0));
    return [
      ...(rows.length === 0 ? [{ path: ['rows', sex], message: `there are no rows for sex "${sex}"` }] : []),
      ...(falling === -1
        ? []
        : [{ path: ['rows', sex, falling], message: 'ages must rise from row to row' }]),
      ...(unusable === -1 ? [] : [{ path: ['rows', sex, unusable], message: 'M and S must be above 0' }]),
    ];
  });
}

function findBandFaults(table: Lookup): readonly StudyFault[] {
  return table.rows.flatMap((row, position) => {
    const before = table.rows[position - 1];
    if (!(row.from < row.below))
      return [
        {
          path: ['rows', position],
          message: `the band from ${String(row.from)} to below ${String(row.below)} is empty`,
        },
      ];
    return before !== undefined && row.from < before.below
      ? [{ path: ['rows', position, 'from'], message: 'the band begins before the one above it ends' }]
      : [];
  });
}
