/** The study's table over 500 subjects, asked for as the window does: read from the database, counted and tested. */
import { median, quantile, timedAsync, type Figure } from './measure.ts';
import { report } from './report.ts';
import { enterChild, openBenchSite, readChildren, subjectNumber, type BenchSite } from './site.ts';

const count = 500;
const runs = 15;

/** Copies of a subject's rows under further numbers: entering five hundred children key by key is no part of this. */
function copySubjects(site: BenchSite, entered: number): void {
  const { db } = site.actor().site;
  const addSubject = db.prepare('INSERT INTO subject (number, enrolled_at, status) VALUES (?, 0, ?)');
  const copyForms = db.prepare(`
    INSERT INTO form (subject_id, event, form, state)
    SELECT (SELECT id FROM subject WHERE number = @to), event, form, state
    FROM form WHERE subject_id = (SELECT id FROM subject WHERE number = @from)`);
  const copyValues = db.prepare(`
    INSERT INTO value (form_id, row, item_id, text, relation, number, unit, precision, missing, version, derived, parked)
    SELECT copy.id, value.row, value.item_id, value.text, value.relation, value.number, value.unit, value.precision,
           value.missing, value.version, value.derived, value.parked
    FROM form AS copy JOIN form AS own ON own.event = copy.event AND own.form = copy.form JOIN value ON value.form_id = own.id
    WHERE copy.subject_id = (SELECT id FROM subject WHERE number = @to)
      AND own.subject_id = (SELECT id FROM subject WHERE number = @from)`);
  const copyFindings = db.prepare(`
    INSERT INTO finding (subject_id, position, key, severity, status, body)
    SELECT (SELECT id FROM subject WHERE number = @to), position, key, severity, status, body
    FROM finding WHERE subject_id = (SELECT id FROM subject WHERE number = @from)`);
  db.transaction(() => {
    for (let n = entered + 1; n <= count; n += 1) {
      const [from, to] = [subjectNumber(1 + ((n - 1) % entered)), subjectNumber(n)];
      addSubject.run(to, 'in-progress');
      for (const copy of [copyForms, copyValues, copyFindings]) copy.run({ from, to });
    }
  })();
}

await report(async () => {
  const site = await openBenchSite();
  try {
    const children = readChildren();
    children.forEach((forms, position) => {
      enterChild(site, subjectNumber(position + 1), forms);
    });
    copySubjects(site, children.length);
    const { db } = site.actor().site;
    const values = db.prepare<[], number>('SELECT COUNT(*) FROM value').pluck().get() ?? 0;

    const ask = () => timedAsync(() => site.call('reports.studyTable', {}));
    const first = await ask();
    const times: number[] = [];
    for (let run = 0; run < runs; run += 1) times.push(await ask());
    const { subjects, tables } = await site.call('reports.studyTable', {});
    if (subjects !== count) throw new Error(`the table is of ${subjects} subjects`);
    const rows = tables.flatMap((table) => table.sections.flatMap((section) => section.rows));
    const seen = { subjects, values, rows: rows.length, runs, first, p90: quantile(times, 0.9) };
    const figure: Figure = {
      ...{ name: 'study-table', what: 'study table of 500 subjects', unit: 'ms', ours: median(times) },
      ...{ baseline: null, limit: 300, seen },
    };
    return [figure];
  } finally {
    site.remove();
  }
});
