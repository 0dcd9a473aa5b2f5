/** A site whose workbook has a million cells, all sheets counted. */
import { enterChild, readChildren, subjectNumber, type BenchSite } from './site.ts';

export const wantedCells = 1_000_000;

/** Children of the practice site under new numbers, until their workbook is large enough; gives how many. */
export function fillSite(site: BenchSite): number {
  const patterns = readChildren();
  const { db } = site.actor().site;
  const trail = db.prepare<[], number>('SELECT MAX(seq) FROM audit').pluck();
  // An entry of the trail takes 14 cells or more, a value some three in its form sheet.
  const wantedEntries = wantedCells / 16.5;
  let count = 0;
  while ((trail.get() ?? 0) < wantedEntries) {
    const pattern = patterns[count % patterns.length];
    if (pattern === undefined) break;
    count += 1;
    enterChild(site, subjectNumber(count), pattern);
  }
  return count;
}
