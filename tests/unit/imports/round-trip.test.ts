import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportReport } from '#shared/contract/imports.ts';
import { createStudyModel, type StudyModel } from '#shared/study-model.ts';
import { openExportSite, type ExportSite } from '../exports/site.ts';
import { typedRow } from '../exports/typed-answers.ts';
import { anakinra, sleepDiary } from '../studies/folders.ts';

/** Every form in two events and, where it repeats, in several rows. */
function fill(site: ExportSite, model: StudyModel, subjects: readonly string[], seed: number): void {
  subjects.forEach((subject, index) => {
    for (const { form, events } of model.forms) {
      const instances = events.flatMap((event) => model.instancesOf(event).slice(0, 2)).slice(0, 3);
      const rows = form.groups.some(({ repeating }) => repeating) ? [1, 2, 4] : [1];
      for (const { id: event } of instances)
        for (const row of rows) {
          const [changes = []] = fc.sample(typedRow(model, { event, form: form.id, row }), {
            numRuns: 1,
            seed: seed + 7 * index + row,
          });
          if (changes.length > 0) site.services.forms.enterAll(site.actor(), subject, changes);
        }
    }
  });
}

async function importInto(
  site: ExportSite,
  file: string,
  more: { dryRun?: boolean; overwrite?: boolean; reason?: string } = {},
): Promise<ImportReport> {
  const { dryRun = false, overwrite = false, reason = null } = more;
  const status = await site.services.imports.run({
    ...{ actor: site.actor(), file, mapping: null, dryRun, overwrite, reason, sha256: null },
  });
  if (status.state !== 'done') throw new Error(`${JSON.stringify(status)} ${site.logged.join('\n')}`);
  return status.report;
}

const selectValues = `
  SELECT subject.number, form.event, form.form, form.state, value.row, item.name, value.text, value.relation, value.number,
         value.unit, value.precision, value.missing
  FROM value JOIN form ON form.id = value.form_id JOIN subject ON subject.id = form.subject_id JOIN item ON item.id = value.item_id
  WHERE value.parked = 0 AND (value.text IS NOT NULL OR value.missing IS NOT NULL)
  ORDER BY subject.number, form.event, form.form, value.row, item.name`;

describe.each([
  { name: 'anakinra-misc', folder: anakinra, subjects: ['01-003', '01-001', '01-002'] },
  { name: 'sleep-diary', folder: sleepDiary, subjects: ['01-S02', '01-S01', '01-S10'] },
])('a workbook of the study $name', ({ folder, subjects }) => {
  let from: ExportSite;
  let into: ExportSite;
  let file: string;
  let report: ImportReport;

  beforeAll(async () => {
    from = await openExportSite(folder);
    into = await openExportSite(folder);
    const { study } = await from.call('studies.current', {});
    fill(from, createStudyModel(study).model, subjects, 3);
    await from.call('subjects.enrol', { subject: subjects[0]?.replace(/.$/u, '9') ?? '' });
    await from.exportDone('first.xlsx');
    file = from.file('first.xlsx');
    const tried = await importInto(into, file, { dryRun: true });
    expect(into.rows('SELECT * FROM value')).toEqual([]);
    report = await importInto(into, file);
    expect({ ...tried, dryRun: false }).toEqual(report);
  }, 240_000);
  afterAll(() => {
    from.close();
    into.close();
  });

  it('is taken in whole by an empty site', () => {
    const { counts, conflicts, refused } = report;
    expect({ conflicts, refused }).toEqual({ conflicts: [], refused: [] });
    expect(counts.accepted).toBeGreaterThan(100);
    expect(counts.read).toBe(counts.accepted + counts.empty);
    expect(counts.newSubjects).toBe(subjects.length + 1);
  });

  it('gives the same values, states and missing reasons', () => {
    expect(into.rows(selectValues)).toEqual(from.rows(selectValues));
  });

  it('gives the same form sheets when it is exported again', async () => {
    const { sheets } = await into.exportDone('second.xlsx');
    const first = await from.exportDone('again.xlsx');
    const forms = new Set((await from.call('studies.current', {})).study.forms.map(({ id }) => id));
    expect(sheets.filter(({ name }) => forms.has(name))).toEqual(
      first.sheets.filter(({ name }) => forms.has(name)),
    );
  }, 60_000);

  it('leaves an entry of the trail with the origin import for every value typed', () => {
    const origins = into.rows<{ origin: string; n: number }>(
      "SELECT origin, COUNT(*) AS n FROM audit WHERE action = 'value.set' GROUP BY origin ORDER BY origin",
    );
    expect(origins.find(({ origin }) => origin === 'import')?.n).toBe(report.counts.accepted);
    expect(origins.map(({ origin }) => origin)).not.toContain('entry');
    const [done] = into.rows<{ detail: string }>("SELECT detail FROM audit WHERE action = 'import.done'");
    expect(JSON.parse(done?.detail ?? '')).toMatchObject({
      ...{ file: 'first.xlsx', sha256: report.sha256, accepted: report.counts.accepted, isWhole: true },
    });
  });

  it('changes nothing when it is imported a second time', async () => {
    const before = into.rows(selectValues);
    const { counts } = await importInto(into, file);
    expect(counts).toMatchObject({ accepted: 0, conflicts: 0, refused: 0, same: report.counts.accepted });
    expect(into.rows(selectValues)).toEqual(before);
    expect(await into.call('audit.verify', {})).toMatchObject({ ok: true, problems: [] });
  }, 60_000);
});
