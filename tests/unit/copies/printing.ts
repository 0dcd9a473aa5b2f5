/** A site of the sleep diary from which copies are made: the printer gives back the HTML that it was handed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { CopyOrder, CopyStatus } from '#shared/contract/copies.ts';
import { openBench, temporaryFolder, type Bench } from '../services/workbench.ts';

export const subject = '01-S01';
export const whole: Extract<CopyOrder, { readonly kind: 'casebook' }> = {
  kind: 'casebook',
  ...{ subject, event: null, history: false },
};

export async function openDiary(): Promise<Bench> {
  const bench = await openBench();
  await bench.call('subjects.enrol', { subject });
  return bench;
}

export async function enter(
  bench: Bench,
  place: { readonly event: string; readonly form: string; readonly row?: number },
  answers: Readonly<Record<string, string | null>>,
  reason?: string,
): Promise<void> {
  const { event, form, row = 1 } = place;
  const changes = Object.entries(answers).map(([item, value]) =>
    reason === undefined ? { row, item, value } : { row, item, value, reason },
  );
  await bench.call('forms.save', { subject, event, form, changes });
}

export const intake = { event: 'BASE', form: 'INTAKE' } as const;
export const night = { event: 'N1', form: 'NIGHT' } as const;
export const sample = { event: 'JOURNAL', form: 'SAMPLE' } as const;

export async function ended(bench: Bench, job: string): Promise<CopyStatus> {
  for (;;) {
    const status = await bench.call('copies.status', { job });
    if (status.state !== 'running') return status;
    await setTimeout(5);
  }
}

export async function print(
  bench: Bench,
  order: CopyOrder,
  language: 'en' | 'fr' = 'en',
): Promise<Extract<CopyStatus, { state: 'done' }>> {
  bench.dialog.file = path.join(temporaryFolder(), 'copy.pdf');
  const chosen = await bench.call('copies.chooseFile', { order });
  const { job } = await bench.call('copies.start', { order, language, file: chosen?.file ?? '' });
  const status = await ended(bench, job);
  if (status.state !== 'done') throw new Error(`${JSON.stringify(status)} ${bench.logged.join('\n')}`);
  return status;
}

export async function printed(bench: Bench, order: CopyOrder, language: 'en' | 'fr' = 'en'): Promise<string> {
  return readFileSync((await print(bench, order, language)).file, 'utf8').replace(/^%PDF /u, '');
}

/** What a reader sees: without tags and styles, entities resolved, a space between two cells. */
export function readText(html: string): string {
  return html
    .replace(/<style>.*?<\/style>/su, '')
    .replace(/<(?:\/?(?:td|th|tr|p|h\d|div|li|br)[^>]*)>/gu, ' ')
    .replace(/<[^>]*>/gu, '')
    .replace(/&#(\d+);/gu, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/&emsp;|&nbsp;/gu, ' ')
    .replace(/[ \n]+/gu, ' ');
}
