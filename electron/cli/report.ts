/** report study-table: the study's tables, counted from what is recorded; printed, or written to a file. */
import path from 'node:path';
import type { Language } from '#shared/study.ts';
import type { SummaryRowResult } from '#shared/summary-table.ts';
import type { StudyReport } from '#shared/summary-table/report.ts';
import { causesOf, footWords, labelWords } from '#shared/summary-table/words.ts';
import { refuse } from '../app-error.ts';
import { call, signIn, type Command } from './context.ts';
import { toTable } from './output.ts';

export const report: Command = async (context) => {
  const { services, options, operands, output, asJson, workingFolder } = context;
  const [name = ''] = operands;
  if (name !== 'study-table') throw refuse('report-unknown', { report: name });
  const language = languageOf(options.language);
  await signIn(context);
  const found = await call(services, 'reports.studyTable', {});
  if (options.out !== undefined) {
    const actor = services.session.authorise('exports.run');
    const file = path.resolve(workingFolder, options.out);
    await services.reports.write(actor, file, language);
    if (!asJson) await output.message(`Written to ${file}`);
  }
  if (asJson) await output.json(rowsOf(found).map(toJson));
  else if (options.out === undefined) await output.text(toText(found, language));
  return 0;
};

function languageOf(language: string | undefined): Language {
  if (language === undefined || language === 'en' || language === 'fr') return language ?? 'en';
  throw refuse('not-available', { what: `The language ${language}` });
}

interface PlacedRow extends SummaryRowResult {
  readonly table: string;
  readonly section: string;
}

function rowsOf({ tables }: StudyReport): readonly PlacedRow[] {
  return tables.flatMap(({ table, sections }) =>
    sections.flatMap(({ section, rows }) => rows.map((row) => ({ table, section, ...row }))),
  );
}

/** A contract: fields are added, never renamed. `text` is the English of `texts`. */
function toJson({ row, label, n, missing, text, values, counted, missed, ...more }: PlacedRow): object {
  const causes = Object.fromEntries(
    [...Map.groupBy(missed, ({ cause }) => cause)].map(([cause, subjects]) => [cause, subjects.length]),
  );
  const { population, unit, kind, method, shortfalls, convention, note, source, table, section } = more;
  return {
    ...{ row, label, n, missing, text: text.en, values, texts: text, kind, unit, population, causes },
    ...{ method, notComputed: shortfalls, convention, note, source, table, section },
    ...{ subjects: counted, missingSubjects: missed },
  };
}

const headers: Readonly<Record<Language, readonly string[]>> = {
  en: ['section', 'item', 'n', 'result', 'missing'],
  fr: ['section', 'item', 'n', 'résultat', 'manquants'],
};

function toText(found: StudyReport, language: Language): string {
  const tables = found.tables.map(({ name, population, sections }) => {
    const rows = sections.flatMap(({ name: section, rows: ofSection }) =>
      ofSection.map((row) => [
        section[language],
        labelWords(row, language),
        String(row.n),
        [row.text[language], ...row.shortfalls.map((shortfall) => shortfall[language])].join(' · '),
        [String(row.missing), ...causesOf(row.missed, language)].join(' · '),
      ]),
    );
    return `${name[language]}: ${population[language]}\n\n${toTable(headers[language], rows)}`;
  });
  const foot = footWords.map((words) => words[language]).join('\n');
  return `${tables.join('\n')}\n${foot}\n\ntrail entry ${String(found.cut.seq)}, head ${found.cut.head}\nstudy definition ${found.fingerprint}\n`;
}
