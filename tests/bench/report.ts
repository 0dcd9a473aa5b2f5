/** How a benchmark hands its figures to scripts/bench.mjs, whose process it is a child of; alone it prints them. */
import type { Figure } from './measure.ts';

export async function report(measure: () => Promise<readonly Figure[]>): Promise<void> {
  const figures = await measure();
  if (process.send === undefined) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  else process.send(figures);
}
