/** Writes what the benchmark of pooling takes in, in a process of its own: writing it is no part of the memory of pooling. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { enterChild, openBenchSite, readChildren, subjectNumber, type BenchSite } from './site.ts';
import {
  isNumber,
  keyOf,
  readPattern,
  scatter,
  writeSiteWorkbook,
  type Pattern,
  type Telling,
} from '../fixtures/pool/told-sites.ts';

const [folder = '', ...numbers] = process.argv.slice(2);
const [from = 1, to = 1, subjects = 1, values = 1] = numbers.map(Number);

function tellPattern(site: BenchSite): Pattern {
  const [longest = []] = [...readChildren()].sort((a, b) => b.flat().length - a.flat().length);
  enterChild(site, subjectNumber(1), longest);
  return readPattern(site, values);
}

/**
 * So many of a hundred values are other ones, in one child of so many; numbers alone are changed, so that many more of
 * them are.
 */
function changing({ model, rows }: Pattern, code: string, percent: number, oneOf: number): Telling {
  const all = [...rows.values()].flat().flatMap((row) => [...row.values]);
  const share = all.filter(([item, value]) => isNumber(model, item, value)).length / all.length / oneOf;
  return (place, value) => {
    if (place.subject % oneOf > 0 || !isNumber(model, place.item, value)) return value;
    if (scatter(`${keyOf(place)} ${code}`) % 10_000 >= (percent * 100) / share) return value;
    const number = (value.number ?? 0) + 7;
    return { ...value, number, text: String(number) };
  };
}

/** Each of the later ones follows the first. */
const deliveries = [
  { name: 'first', percent: 0, oneOf: 1 },
  { name: 'visited', percent: 1, oneOf: 20 },
  { name: 'scattered', percent: 1, oneOf: 1 },
] as const;

const site = await openBenchSite();
try {
  const pattern = tellPattern(site);
  for (const { name, percent, oneOf } of deliveries) {
    mkdirSync(path.join(folder, name), { recursive: true });
    for (let n = from; n <= to; n += 1) {
      const code = String(n).padStart(2, '0');
      await writeSiteWorkbook(path.join(folder, name, `site-${code}.xlsx`), pattern, {
        ...{ code, subjects },
        later: changing(pattern, code, percent, oneOf),
      });
    }
  }
} finally {
  site.remove();
}
