/** rehearse: what a pooling centre would reject of the site as it stands. Exit status 1 when it would reject anything. */
import type { AcceptancePlace } from '#shared/submission/delivery.ts';
import { call, signIn, type Command } from './context.ts';
import { toTable } from './output.ts';

export const rehearse: Command = async (context) => {
  const { services, options, output, asJson } = context;
  await signIn(context);
  const unsigned = options.signed === undefined ? 'warns' : 'rejects';
  const report = await call(services, 'submission.rehearse', { unsigned });
  if (asJson) await output.json(report);
  else {
    const { percent, ready, subjects, obstacles } = report;
    const rows = obstacles.map(({ id, severity, fails, subjects: named, count }) => [
      ...[id, severity, fails ? 'all' : String(named), fails ? '' : String(count)],
    ]);
    await output.text(
      `${String(percent)} % ready: ${String(ready)} of ${String(subjects)} subjects would be taken\n`,
    );
    if (rows.length > 0) await output.text(`\n${toTable(['rule', 'it', 'subjects', 'places'], rows)}\n`);
    for (const { title, words, places, count } of obstacles) {
      await output.text(`\n${title.en}. ${words.en}\n`);
      for (const place of places.slice(0, mostShown)) await output.text(`  ${toLine(place)}\n`);
      if (count > mostShown) await output.text(`  … ${String(count - mostShown)} more; all with --json\n`);
    }
  }
  return report.rejected ? 1 : 0;
};

const mostShown = 10;

function toLine({ subject, event, form, row, item, note }: AcceptancePlace): string {
  const at = [event, form, row === null || row === 1 ? null : `row ${String(row)}`, item];
  return [subject, ...at.filter((part) => part !== null), note === null ? '' : `(${note.en})`]
    .join(' ')
    .trim();
}
