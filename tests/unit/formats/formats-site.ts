/** Exports of a real site in other formats than the workbook, and texts that nobody should have typed. */
import type { ExportStatus } from '#shared/bridge.ts';
import { everything, type ExportFormat } from '#shared/export-choices.ts';
import type { StudyModel } from '#shared/study-model.ts';
import fc from 'fast-check';
import type { ExportSite } from '../exports/site.ts';
import { typedRow } from '../exports/typed-answers.ts';

type Done = Extract<ExportStatus, { state: 'done' }>;

/** Throws with the key of the refusal unless it is done. */
export async function exportFormats(
  site: ExportSite,
  name: string,
  formats: readonly ExportFormat[],
): Promise<Done> {
  const actor = site.actor();
  const status = await site.services.exports
    .of(actor.site)
    .run({ file: site.file(name), actor, formats, choices: everything });
  if (status.state === 'failed') throw new Error(`${status.error.key} ${site.logged.join('\n')}`);
  if (status.state !== 'done') throw new Error(status.state);
  return status;
}

/** Quotes, line ends, formulas, marks of XML, and characters that XML 1.0 has no way to hold. */
export const hostileTexts: readonly string[] = [
  'a "quoted", text',
  'two\nlines',
  'a return\r\nand\ta tab',
  '=HYPERLINK("http://x","y")',
  "'=1+1",
  '-5 °C',
  ']]> & <b attr="x">\'y\'</b>',
  'bell \u0007 nul \u0000 escape \u001B delete \u007F',
  '_x0041_ reads like an escape',
  'no character \uFFFE nor \uFFFF',
  ' spaces around ',
  'fièvre 𝒳 日本',
  '%macro &evil; $_x `backtick\' "both"',
];

/** More than a cell of Excel takes. */
export const longText = `${'long '.repeat(8000)}end`;

/** Puts a text where its item would never take it, as an import of old or a hand in the file might. */
export function putText(site: ExportSite, subject: string, text: string): void {
  const place = { event: 'BASE', form: 'INTAKE', row: 1 };
  site.enter(subject, [
    { ...place, item: 'intake_start', value: '2024-02-03' },
    { ...place, item: 'intake_mail', value: '75001' },
  ]);
  const changed = site
    .actor()
    .site.db.prepare(
      `UPDATE value SET text = ? WHERE item_id = (SELECT id FROM item WHERE name = 'intake_mail')
         AND form_id IN (SELECT form.id FROM form JOIN subject ON subject.id = subject_id WHERE number = ?)`,
    )
    .run(text, subject);
  if (changed.changes !== 1) throw new Error(`${subject} has no such value`);
}

/** Answers of every type in every form, the same ones at every run. */
export function fillSite(site: ExportSite, model: StudyModel, subjects: readonly string[]): void {
  subjects.forEach((subject, index) => {
    for (const { form, events } of model.forms) {
      const instances = events.flatMap((event) => model.instancesOf(event).slice(0, 2)).slice(0, 3);
      const repeats = form.groups.some(({ repeating }) => repeating) ? [1, 2, 4] : [1];
      for (const { id: event } of instances) {
        for (const row of repeats) {
          const [changes = []] = fc.sample(typedRow(model, { event, form: form.id, row }), {
            numRuns: 1,
            seed: 7 * index + row,
          });
          if (changes.length > 0) site.services.forms.enterAll(site.actor(), subject, changes);
        }
      }
    }
  });
}
