/** The columns of a table as Parquet's types, and its cells as the values that the writer takes for them. */
import type { KeyValue, SchemaElement } from 'hyparquet';
import type { PushColumn, PushTable, PushType } from '#shared/push/table.ts';
import type { PushedState } from '#shared/push/standing.ts';
import type { Cell } from '#shared/export-plan/sheet.ts';

const elements: Readonly<Record<PushType, Partial<SchemaElement>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  smallint: { type: 'INT32' },
  bigint: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  date: { type: 'INT32', converted_type: 'DATE' },
  // Local time: an engine must not turn it by its own time zone.
  timestamp: {
    type: 'INT64',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' },
  },
  instant: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MICROS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
  },
};

export function toSchema(columns: readonly PushColumn[]): SchemaElement[] {
  return [
    { name: 'schema', num_children: columns.length },
    ...columns.map(({ name, type, required }): SchemaElement => ({
      ...elements[type],
      name,
      repetition_type: required ? 'REQUIRED' : 'OPTIONAL',
    })),
  ];
}

export type ParquetCell = string | number | bigint | null;

export function toParquetCell({ name, type }: PushColumn, cell: Cell): ParquetCell {
  if (cell === null) return null;
  switch (type) {
    case 'text':
      if (typeof cell === 'string') return cell;
      break;
    case 'smallint':
    case 'number':
      if (typeof cell === 'number') return cell;
      break;
    case 'bigint':
      if (typeof cell === 'number') return BigInt(cell);
      break;
    case 'date':
      if (typeof cell === 'object' && 'day' in cell) return cell.day;
      break;
    case 'timestamp':
      if (typeof cell === 'object' && 'minute' in cell) return BigInt(cell.minute) * 60_000_000n;
      break;
    case 'instant':
      if (typeof cell === 'string') return BigInt(Date.parse(cell)) * 1000n;
      break;
  }
  throw new Error(`column ${name} of type ${type} was given a ${typeof cell}`);
}

/** Stands in every file, so that one that was copied out of its folder still says of what it is. */
export function toMetadata(state: PushedState, appVersion: string, table: PushTable): KeyValue[] {
  const words = Object.fromEntries(table.columns.map(({ name, comment }) => [name, comment]));
  const facts = {
    export_id: state.exportId,
    study: state.study,
    study_version: state.studyVersion,
    fingerprint: state.fingerprint,
    data_cut: state.cutAt,
    head: state.head,
    written_by: `Cahier ${appVersion}`,
    table: table.name,
    comment: table.comment,
    columns: JSON.stringify(words),
  };
  return Object.entries(facts).map(([key, value]) => ({ key: `cahier.${key}`, value }));
}
