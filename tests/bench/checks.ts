/** All checks of one subject in batch, as the command line and an import run them: nothing is known of an earlier run. */
import { performance } from 'node:perf_hooks';
import { runChecks } from '#shared/edit-checks.ts';
import { createStudyModel } from '#shared/study-model.ts';
import { indexSubject } from '#shared/subject-index.ts';
import { median, quantile, type Figure } from './measure.ts';
import { reportOnSite } from './report.ts';
import { childOf, enterChild, subjectNumber, type BenchSite } from './site.ts';

/** Answers that a person gave; with the calculated ones the subject has about half as many again. */
const answers = 400;
const warmUp = 200;
const runs = 400;

async function measure(site: BenchSite): Promise<Figure> {
  const number = subjectNumber(1);
  enterChild(site, number, childOf(answers));
  const { record } = await site.call('subjects.open', { subject: number });
  const { study } = await site.call('studies.current', {});
  const { model } = createStudyModel(study);
  const now = new Date().toISOString().slice(0, 16);
  const times: number[] = [];
  let findings = 0;
  for (let run = 0; run < warmUp + runs; run += 1) {
    // An index of its own, so that nothing is remembered of the run before.
    const index = indexSubject(model, record);
    const start = performance.now();
    findings = runChecks(model, index, { phase: 'batch', now }).length;
    if (run >= warmUp) times.push(performance.now() - start);
  }
  return {
    name: 'checks',
    what: `all ${model.checks.length} checks of a subject of ${record.values.length} values`,
    unit: 'ms',
    ours: median(times),
    baseline: null,
    limit: 1,
    seen: { runs, values: record.values.length, findings, p95: quantile(times, 0.95) },
  };
}

await reportOnSite(async (site) => [await measure(site)]);
