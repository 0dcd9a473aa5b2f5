/** How a benchmark hands its figures to scripts/bench.mjs, whose process it is a child of; alone it prints them. */
import type { Figure } from './measure.ts';
import { openBenchSite, type BenchSite } from './site.ts';

export async function report(measure: () => Promise<readonly Figure[]>): Promise<void> {
  const figures = await measure();
  if (process.send === undefined) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  else process.send(figures);
}

/** Of a site that is there for the benchmark alone. */
export async function reportOnSite(measure: (site: BenchSite) => Promise<readonly Figure[]>): Promise<void> {
  await report(async () => {
    const site = await openBenchSite();
    try {
      return await measure(site);
    } finally {
      site.remove();
    }
  });
}
