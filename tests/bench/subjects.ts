/** Listing and searching 100,000 subjects through dispatch, as the subject page does while a number is typed. */
import { median, quantile, timedAsync, type Figure } from './measure.ts';
import { report } from './report.ts';
import { openBenchSite } from './site.ts';

const count = 100_000;
const runs = 200;
const asked = [
  { what: 'first page', search: '', offset: 0 },
  { what: 'deep page', search: '', offset: 90_000 },
  { what: 'common part', search: '1', offset: 0 },
  { what: 'rare part', search: '54321', offset: 0 },
  { what: 'no hit', search: 'zzz', offset: 0 },
] as const;

void report(async () => {
  const site = await openBenchSite();
  try {
    const { db } = site.actor().site;
    const add = db.prepare('INSERT INTO subject (number, enrolled_at) VALUES (?, 0)');
    db.transaction(() => {
      for (let n = 0; n < count; n += 1) add.run(`01-${String(n).padStart(6, '0')}`);
    })();
    await site.signOut();
    await site.signIn();
    const figures: Figure[] = [];
    for (const { what, search, offset } of asked) {
      const list = () => timedAsync(() => site.call('subjects.list', { search, offset, limit: 50 }));
      for (let run = 0; run < 10; run += 1) await list();
      const times: number[] = [];
      for (let run = 0; run < runs; run += 1) times.push(await list());
      const seen = { runs, subjects: count, p99: quantile(times, 0.99) };
      figures.push({
        name: 'subjects',
        what: `100,000 subjects: ${what}`,
        unit: 'ms',
        ours: median(times),
        baseline: null,
        limit: 5,
        seen,
      });
    }
    return figures;
  } finally {
    site.remove();
  }
});
