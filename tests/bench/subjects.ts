/** Listing and searching 100,000 subjects, as the window asks for it. */
import { median, quantile, timedAsync, type Figure } from './measure.ts';
import { reportOnSite } from './report.ts';
import { openCopyOf, type BenchSite } from './site.ts';

const subjects = 100_000;
const runs = 200;
const page = 50;

/** Numbers of seven digits; all begin alike. */
const searches = [
  { name: 'first page', search: '', offset: 0 },
  { name: 'last page', search: '', offset: subjects - page },
  { name: 'in all', search: '01-', offset: 0 },
  { name: 'common', search: '7', offset: 0 },
  { name: 'common, deep', search: '7', offset: 40_000 },
  { name: 'rare', search: '99999', offset: 0 },
  { name: 'one', search: '0050123', offset: 0 },
  { name: 'none', search: 'no such number', offset: 0 },
] as const;

async function measure(site: BenchSite): Promise<Figure> {
  site
    .actor()
    .site.db.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       INSERT INTO subject (number, enrolled_at) SELECT printf('01-%07d', i), 0 FROM n`,
    )
    .run(subjects);
  // The numbers are read when the site is opened.
  await site.signOut();
  const { call, services } = await openCopyOf(site.siteFolder);
  const seen: Record<string, number> = { runs, subjects };
  const all: number[] = [];
  for (const { name, search, offset } of searches) {
    const { total } = await call('subjects.list', { search, offset, limit: page });
    const times: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      times.push(await timedAsync(() => call('subjects.list', { search, offset, limit: page })));
    }
    seen[`${name}: hits`] = total;
    seen[`${name}: median`] = median(times);
    seen[`${name}: p99`] = quantile(times, 0.99);
    all.push(median(times));
  }
  services.session.close();
  return {
    name: 'subjects',
    what: `list or search of ${subjects} subjects, the slowest of ${searches.length} kinds`,
    unit: 'ms',
    ours: Math.max(...all),
    baseline: null,
    limit: 5,
    seen,
  };
}

await reportOnSite(async (site) => [await measure(site)]);
