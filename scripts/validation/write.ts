/** Makes the pack of the last whole run and writes it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makePack } from './pack.ts';
import { toPage } from './page.ts';
import { readResults } from './results.ts';
import { writeWorkbook } from './workbook.ts';

export interface WrittenPack {
  /** Every test passed, and every test that a statement names was there. */
  readonly isSound: boolean;
  /** What to print about it. */
  readonly lines: readonly string[];
}

/** null when some runner left no report. */
export async function writePack(root: string): Promise<WrittenPack | null> {
  const results = readResults(root);
  if (results === null) return null;
  const pack = makePack(root, results, new Date());
  const folder = path.join(root, 'dist', 'validation');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'validation.html'), toPage(pack));
  await writeWorkbook(pack, path.join(folder, 'validation.xlsx'));

  const of = (kind: string) => pack.verdicts.filter((verdict) => verdict.kind === kind);
  const open = [...of('not proved'), ...of('failed')];
  const absent = pack.verdicts.flatMap(({ requirement: { id }, absent: gone }) =>
    gone.map(({ file, says }) => `statement ${String(id)}: no test “${says ?? ''}” in ${file}`),
  );
  return {
    isSound: pack.totals.failed === 0 && absent.length === 0,
    lines: [
      `${String(of('proved').length)} statements proved, ${String(of('procedural').length)} procedural, ${String(of('not proved').length)} not proved, ${String(of('failed').length)} failed: dist/validation/validation.html`,
      ...(open.length === 0
        ? []
        : [`not proved or failed: ${open.map(({ requirement: { id } }) => id).join(', ')}`]),
      ...absent,
    ],
  };
}
