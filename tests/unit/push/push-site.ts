/** Sites that are pushed: one with an answer of every type, and the practice site, of which another process can be made. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import fc from 'fast-check';
import { createStudyModel } from '#shared/study-model.ts';
import type { PushTarget, Pushed } from '../../../electron/services/push/push-desk.ts';
import { openExportSite, type ExportSite } from '../exports/site.ts';
import { typedRow } from '../exports/typed-answers.ts';
import { root } from '../studies/folders.ts';

/** A few subjects with every form in up to three events; the same ones at every run. */
export async function openFilledSite(studyFolder: string, subjects: readonly string[]): Promise<ExportSite> {
  const site = await openExportSite(studyFolder);
  const { study } = await site.call('studies.current', {});
  const { model } = createStudyModel(study);
  for (const [index, subject] of subjects.entries()) {
    for (const { form, events } of model.forms) {
      const instances = events.flatMap((event) => model.instancesOf(event).slice(0, 2)).slice(0, 3);
      const repeats = form.groups.some(({ repeating }) => repeating) ? [1, 2, 4] : [1];
      for (const { id: event } of instances) {
        for (const row of repeats) {
          const seed = 7 * index + row;
          const [changes = []] = fc.sample(typedRow(model, { event, form: form.id, row }), {
            numRuns: 1,
            seed,
          });
          if (changes.length > 0) site.services.forms.enterAll(site.actor(), subject, changes);
        }
      }
    }
  }
  return site;
}

export function pushFrom(site: Pick<ExportSite, 'services' | 'actor'>, target: PushTarget): Promise<Pushed> {
  return site.services.pushes.run(site.actor(), target, () => undefined);
}

export interface PushProcess {
  readonly child: ChildProcess;
  /** Status, or the signal that ended it, and what it said. */
  readonly ended: Promise<{ readonly code: number | null; readonly said: string }>;
}

/** The command line in a process of its own, which can be killed. */
export function startPush(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): PushProcess {
  const cli = path.join(root, 'electron', 'cli.ts');
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', cli, 'pool', 'push', ...words],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 120_000,
      killSignal: 'SIGKILL',
      env: { ...process.env, ...environment },
    },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, said }));
  return { child, ended };
}
