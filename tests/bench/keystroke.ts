/** Findings for one keystroke, by the function that the form page calls, on a subject of at least 300 values. */
import { checkDrafts } from '../../renderer/stores/live-check.ts';
import { indexSubject } from '#shared/subject-index.ts';
import type { ItemValue } from '#shared/record.ts';
import { median, quantile, timed, type Figure } from './measure.ts';
import { report } from './report.ts';
import { enterChild, openBenchSite, readChildren, subjectNumber } from './site.ts';

const runs = 3000;
const wantedValues = 300;
const typed = [
  { event: 'SCR', form: 'VS', row: 1, item: 'vs_sbp' },
  { event: 'PRE', form: 'EC', row: 1, item: 'ec_ef' },
  { event: 'LOG', form: 'ANX', row: 1, item: 'anx_mg' },
  { event: 'PRE', form: 'LB', row: 3, item: 'lb_val' },
] as const;

void report(async () => {
  const site = await openBenchSite();
  try {
    const [child = []] = readChildren();
    const needed = typed.map(({ event, form }) => `${event} ${form}`);
    const firstNeeded = child.filter(([change]) =>
      needed.includes(`${change?.event ?? ''} ${change?.form ?? ''}`),
    );
    const others = child.filter((form) => !firstNeeded.includes(form));
    for (const form of [...firstNeeded, ...others]) {
      enterChild(site, subjectNumber(1), [form]);
      if (
        (await site.call('subjects.open', { subject: subjectNumber(1) })).record.values.length >= wantedValues
      )
        break;
    }
    const { model } = site.actor().site;
    const { record, findings } = await site.call('subjects.open', { subject: subjectNumber(1) });
    if (record.values.length < wantedValues)
      throw new Error(`the subject has only ${record.values.length} values`);
    const saved = { index: indexSubject(model, record), findings, forms: record.forms };
    const figures = typed.map((place): Figure => {
      const key = (run: number): number => {
        const number = 20 + (run % 60);
        const value: ItemValue = {
          text: String(number),
          number,
          relation: null,
          unit: null,
          precision: null,
          missing: null,
        };
        return timed(() => checkDrafts(model, saved, [{ place, value }], '2026-01-01T12:00'));
      };
      for (let run = 0; run < 500; run += 1) key(run);
      const times = Array.from({ length: runs }, (_, run) => key(run));
      return {
        name: 'keystroke',
        what: `findings for a keystroke in ${place.item}, 99th percentile`,
        unit: 'ms',
        ours: quantile(times, 0.99),
        baseline: null,
        limit: 0.5,
        seen: { runs, values: record.values.length, checks: model.checks.length, median: median(times) },
      };
    });
    return figures;
  } finally {
    site.remove();
  }
});
