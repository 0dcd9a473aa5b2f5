/** A real site in a temporary folder, with the study that ships and children as the practice site has them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { MethodInput, MethodName, MethodOutput } from '#shared/bridge.ts';
import type { Change } from '#shared/record.ts';
import { systemClock } from '../../electron/clock.ts';
import { createLog } from '../../electron/log.ts';
import { createServices, type Services } from '../../electron/services.ts';
import type { Actor } from '../../electron/services/site.ts';
import { shippedFiles } from '../../electron/shipped-files.ts';

export const person = { user: 'anne', password: 'correct horse battery' };
/** Wrapping keys is no part of what is measured: the least that a key file may ask for. */
const cost = 2 ** 14;

export interface BenchSite {
  readonly folder: string;
  readonly siteFolder: string;
  readonly services: Services;
  call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>>;
  actor(): Actor;
  signIn(): Promise<void>;
  signOut(): Promise<void>;
  remove(): void;
}

export async function openBenchSite(): Promise<BenchSite> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cahier-bench-'));
  const siteFolder = path.join(folder, 'site');
  const services = startServices();
  const call = callerOf(services);
  await call('site.create', { folder: siteFolder, siteCode: '01', siteName: 'Bench', ...person });
  const signIn = async (): Promise<void> => {
    await call('session.signIn', person);
  };
  await signIn();
  return {
    ...{ folder, siteFolder, services, call, signIn },
    actor: () => services.session.authorise('exports.run'),
    signOut: async () => {
      await call('session.signOut', {});
    },
    remove: () => {
      services.session.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A pool that is empty. */
export async function openPoolAt(folder: string): Promise<Pick<BenchSite, 'services' | 'call'>> {
  const services = startServices();
  const call = callerOf(services);
  await call('pool.create', { folder, name: 'Bench', ...person });
  await call('session.signIn', person);
  return { services, call };
}

/** A second process, as it were, on a copy of a site folder. */
export async function openCopyOf(
  siteFolder: string,
): Promise<Pick<BenchSite, 'services' | 'call' | 'actor'>> {
  const services = startServices();
  const call = callerOf(services);
  await call('site.use', { folder: siteFolder });
  await call('session.signIn', person);
  return { services, call, actor: () => services.session.authorise('exports.run') };
}

function startServices(): Services {
  let ids = 0;
  return createServices({
    ...shippedFiles(),
    clock: systemClock,
    newId: () => `bench-${(ids += 1)}`,
    log: createLog((line) => process.stderr.write(`${line}\n`), systemClock.now),
    host: {
      chooseFolder: () => Promise.resolve(null),
      chooseWorkbook: () => Promise.resolve(null),
      chooseBundle: () => Promise.resolve(null),
      chooseImport: () => Promise.resolve(null),
      chooseDeliveries: () => Promise.resolve([]),
      chooseReport: () => Promise.resolve(null),
      chooseCopy: () => Promise.resolve(null),
      printPdf: () => Promise.reject(new Error('nothing is printed here')),
    },
    recent: { list: () => [], remember: () => undefined },
    cost,
  });
}

function callerOf(services: Services): BenchSite['call'] {
  return async (method, input) => {
    const answer = await services.dispatch(method, input);
    if (!answer.ok) throw new Error(`${method}: ${answer.error.code}: ${answer.error.message}`);
    return answer.value as MethodOutput<typeof method>; // dispatch answers with the output of its method
  };
}

const Line = z.object({
  subject: z.string(),
  event: z.string(),
  form: z.string(),
  row: z.int().default(1),
  answers: z.record(z.string(), z.string()),
});

/** What is saved together: one form of one child. */
export type FormFilled = readonly Change[];

/** The children of the practice site, form by form as they are entered; the steps of their review are left out. */
export function readChildren(): readonly (readonly FormFilled[])[] {
  const file = path.join(shippedFiles().folders.study, 'demo', 'children.jsonl');
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const bySubject = Map.groupBy(
    lines.flatMap((line) => Line.safeParse(JSON.parse(line)).data ?? []),
    ({ subject }) => subject,
  );
  return [...bySubject.values()].map((own) => {
    const forms = Map.groupBy(own, ({ event, form }) => `${event} ${form}`);
    return [...forms.values()].map((rows) =>
      rows.flatMap(({ event, form, row, answers }) =>
        Object.entries(answers).map(([item, value]): Change => ({ event, form, row, item, value })),
      ),
    );
  });
}

export function enterChild(
  { services, actor }: Pick<BenchSite, 'services' | 'actor'>,
  subject: string,
  forms: readonly FormFilled[],
): void {
  for (const changes of forms) services.forms.enterAll(actor(), subject, changes);
}

/** The form fills of one child, cut where so many answers are given. */
export function childOf(values: number): readonly FormFilled[] {
  const [longest = []] = [...readChildren()].sort((a, b) => b.flat().length - a.flat().length);
  const forms: FormFilled[] = [];
  let left = values;
  for (const form of longest) {
    if (left <= 0) break;
    forms.push(form.slice(0, left));
    left -= form.length;
  }
  return forms;
}

/** "01-007" */
export function subjectNumber(n: number): string {
  return `01-${String(n).padStart(3, '0')}`;
}
