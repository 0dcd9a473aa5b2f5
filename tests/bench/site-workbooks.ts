/** Workbooks of sites that there are not: one real child, told again under many numbers with other traits and numbers, and a trail to match. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { ItemValue } from '#shared/record.ts';
import type { StudyModel } from '#shared/study-model.ts';
import { fillWorkbook, sheetNamesOf } from '../../electron/services/export-content.ts';
import type { ExportAuditEntry, ExportReader, ExportRow } from '../../electron/services/export-rows.ts';
import { createWorkbookWriter } from '../../electron/services/workbook-writer.ts';

export interface ToldSite {
  readonly code: string;
  readonly subjects: number;
  /** Values of each subject. */
  readonly values: number;
  /** Of a hundred values, so many are other ones than in a workbook told with 0. */
  readonly changedPercent: number;
}

export interface Pattern {
  readonly model: StudyModel;
  readonly fingerprint: string;
  readonly rows: ReadonlyMap<string, readonly ExportRow[]>;
  /** Of its values, the share of numbers that can be told otherwise. */
  readonly numberShare: number;
}

/** The first child of a site, cut where so many values are told. */
export function patternOf(
  reader: ExportReader,
  model: StudyModel,
  fingerprint: string,
  values: number,
): Pattern {
  const rows = new Map<string, ExportRow[]>();
  let left = values;
  for (const { id } of model.study.forms) {
    const own: ExportRow[] = [];
    for (const row of reader.formRows(id, () => 0)) {
      if (left <= 0) break;
      const kept = [...row.values].slice(0, left);
      left -= kept.length;
      own.push({ ...row, values: new Map(kept) });
    }
    rows.set(id, own);
  }
  const all = [...rows.values()].flat().flatMap((row) => [...row.values]);
  const numbers = all.filter(([item, value]) => isTold(model, item, value));
  return { model, fingerprint, rows, numberShare: numbers.length / all.length };
}

export async function writeSiteWorkbook(file: string, pattern: Pattern, site: ToldSite): Promise<void> {
  const stream = createWriteStream(file, { highWaterMark: 1 << 20 });
  const { study } = pattern.model;
  const reader = tellReader(pattern, site);
  const book = createWorkbookWriter({
    ...{ stream, savedAt: new Date(0), creator: 'bench', sheetNames: sheetNamesOf(study) },
  });
  const source = {
    ...{ reader, study, siteCode: site.code, siteName: `Site ${site.code}` },
    ...{ fingerprint: pattern.fingerprint, appVersion: '0' },
  };
  await fillWorkbook(source, book, { progress: () => undefined });
}

const traits = ['dm_birth', 'ons_fevdat'];

function tellReader({ rows, model, numberShare }: Pattern, site: ToldSite): ExportReader {
  const numbers = Array.from(
    { length: site.subjects },
    (_, n) => `${site.code}-${String(n + 1).padStart(3, '0')}`,
  );
  const tell = (n: number, form: string, row: ExportRow): ExportRow => {
    const values = new Map<string, ItemValue>();
    for (const [item, value] of row.values)
      values.set(item, other(n, site, numberShare, form, row, item, value, model));
    return { ...row, subject: numbers[n] ?? '', values };
  };
  const perSubject = [...rows.values()].flat().reduce((sum, { values }) => sum + values.size, 0);
  const hashOf = (seq: number): string =>
    createHash('sha256')
      .update(`${site.code} ${String(seq)}`)
      .digest('hex');
  const entries = perSubject * site.subjects;
  const later = Math.floor((entries * site.changedPercent) / 100);
  const seq = entries + later;
  return {
    cut: { seq, at: Date.UTC(2026, 0, 1) + later, offsetMinutes: 0, head: hashOf(seq) },
    siteOf: () => site.code,
    formRows: function* (form) {
      for (const [n] of numbers.entries()) for (const row of rows.get(form) ?? []) yield tell(n, form, row);
    },
    countFormValues: () =>
      new Map(
        [...rows].map(([form, own]) => [
          form,
          own.reduce((sum, { values }) => sum + values.size, 0) * site.subjects,
        ]),
      ),
    countValues: () => ({ exported: entries, parked: 0, emptied: 0 }),
    subjects: function* () {
      for (const number of numbers)
        yield {
          ...{ number, status: 'in-progress', enrolledAt: 0, openHard: 0, openSoft: 0, openQueries: 0 },
          ...{
            formsStarted: 40,
            formsComplete: 0,
            formsSigned: 0,
            formsLocked: 0,
            frozen: null,
            changedAt: 0,
          },
        };
    },
    answers: () => new Map(),
    audit: function* () {
      let n = 0;
      const entry = (
        subject: string,
        form: string,
        row: ExportRow,
        item: string,
        value: ItemValue,
      ): ExportAuditEntry => {
        n += 1;
        return {
          ...{ seq: n, at: n, offsetMinutes: 60, user: 'anne', role: 'coordinator', site: site.code },
          ...{ action: 'value.set', origin: 'entry', subject, event: row.event, form, row: row.row, item },
          ...{ old: null, new: JSON.stringify(value), reason: null, detail: null, hash: hashOf(n) },
        };
      };
      for (const [at, subject] of numbers.entries())
        for (const [form, own] of rows)
          for (const row of own)
            for (const [item, value] of tell(at, form, row).values)
              yield entry(subject, form, row, item, value);
      const [[form = '', [row] = []] = []] = rows;
      const [[item, value] = []] = row?.values ?? [];
      if (row === undefined || item === undefined || value === undefined) return;
      while (n < seq) yield entry(numbers[0] ?? '', form, row, item, value);
    },
    firings: () => [],
    queries: () => [],
    countQueries: () => 0,
    signatures: () => [],
    submissions: () => [],
    investigators: () => [],
    studyVersions: () => [],
  };
}

/** The same place always gets the same; with other numbers for other children. */
function other(
  n: number,
  { code, changedPercent }: ToldSite,
  numberShare: number,
  form: string,
  row: ExportRow,
  item: string,
  value: ItemValue,
  model: StudyModel,
): ItemValue {
  if (traits.includes(item) && value.text !== null) {
    const day = new Date(
      Date.UTC(2005, 0, 1) + (Number(code) * 1000 + n) * 86_400_000 * (item === 'dm_birth' ? 31 : 1),
    );
    return { ...value, text: day.toISOString().slice(0, item === 'dm_birth' ? 7 : 10) };
  }
  if (value.number === null || !isTold(model, item, value)) return value;
  const key = `${code} ${String(n)} ${row.event} ${form} ${String(row.row)} ${item}`;
  let sum = 0;
  for (let at = 0; at < key.length; at += 1) sum = (sum * 31 + key.charCodeAt(at)) % 1_000_003;
  const isChanged = sum % 10_000 < (changedPercent * 100) / numberShare;
  const number = value.number + (sum % 5) + (isChanged ? 7 : 0);
  return { ...value, number, text: String(number) };
}

function isTold(model: StudyModel, item: string, value: ItemValue): boolean {
  const type = model.item(item)?.item.type;
  return value.number !== null && (type === 'decimal' || type === 'integer' || type === 'comparator');
}
