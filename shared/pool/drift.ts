/** How the definition that a workbook was made with differs from the pool's: what only one of them has, or what means something else. */
import { codeListSheet } from '../export-plan/code-lists.ts';
import { dictionarySheet } from '../export-plan/dictionary.ts';
import type { ReferenceSheet } from '../export-plan/sheet.ts';
import type { Study } from '../study.ts';

/** A column of a form sheet or a code of a list, as the sheets DICTIONARY and CODELISTS say it. */
export interface DefinitionLine {
  readonly kind: 'column' | 'code';
  /** "VS vs_wt", "CL_SEX 1" */
  readonly id: string;
  /** Cell type, unit and code list of a column; the label of a code. */
  readonly says: string;
}

export interface Drift {
  readonly kind: DefinitionLine['kind'];
  readonly id: string;
  /** null: it has none of that id. */
  readonly pooled: string | null;
  readonly incoming: string | null;
}

export const dictionaryName = 'DICTIONARY';
export const codeListsName = 'CODELISTS';

/** `of` gives a row's cell as text, by the name of its column. */
export function toDefinitionLine(sheet: string, of: (column: string) => string): DefinitionLine {
  if (sheet === codeListsName)
    return { kind: 'code', id: `${of('LIST')} ${of('CODE')}`, says: of('LABEL_EN') };
  const says = [of('CELL_TYPE'), of('UNIT'), of('CODELIST')].filter((part) => part !== '').join(' ');
  return { kind: 'column', id: `${of('FORM')} ${of('VARIABLE')}`.trim(), says };
}

export function definitionLines(study: Study): readonly DefinitionLine[] {
  return [dictionarySheet(study, []), codeListSheet(study)].flatMap((sheet) => linesOf(sheet));
}

function linesOf({ name, columns, rows }: ReferenceSheet): readonly DefinitionLine[] {
  const at = new Map(columns.map((column, index) => [column.name, index]));
  return rows.map((cells) =>
    toDefinitionLine(name, (column) => {
      const cell = cells[at.get(column) ?? -1] ?? null;
      return typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '';
    }),
  );
}

export function driftBetween(
  pooled: readonly DefinitionLine[],
  incoming: readonly DefinitionLine[],
): readonly Drift[] {
  const [ours, theirs] = [byId(pooled), byId(incoming)];
  const ids = [...new Set([...ours.keys(), ...theirs.keys()])];
  return ids.flatMap((key): readonly Drift[] => {
    const [one, other] = [ours.get(key), theirs.get(key)];
    const line = one ?? other;
    if (line === undefined || one?.says === other?.says) return [];
    const { kind, id } = line;
    return [{ kind, id, pooled: one?.says ?? null, incoming: other?.says ?? null }];
  });
}

function byId(lines: readonly DefinitionLine[]): ReadonlyMap<string, DefinitionLine> {
  return new Map(lines.map((line) => [`${line.kind} ${line.id}`, line]));
}
