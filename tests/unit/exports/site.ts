/** A real site of either study in a temporary folder, filled through the one write path and exported by the real thread. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ExportStatus, MethodInput, MethodName, MethodOutput } from '#shared/bridge.ts';
import { everything, wholeWorkbook, type ExportChoices } from '#shared/export-choices.ts';
import type { Change } from '#shared/record.ts';
import type { Clock } from '../../../electron/clock.ts';
import { createLog } from '../../../electron/log.ts';
import { createServices, type Services } from '../../../electron/services.ts';
import type { Actor } from '../../../electron/services/site.ts';
import { root } from '../studies/folders.ts';

export const password = 'correct horse battery';
export const user = 'anne';
/** The least that a key file may ask for. */
const cost = 2 ** 14;

export interface TestClock extends Clock {
  pass(ms: number): void;
}

export interface ExportSite {
  readonly folder: string;
  readonly services: Services;
  readonly clock: TestClock;
  readonly logged: readonly string[];
  call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>>;
  actor(): Actor;
  /** Each change as `enter` of the command line makes it; throws where it is refused. */
  enter(subject: string, changes: readonly Change[]): void;
  /** Where a workbook can be put. */
  file(name: string): string;
  export(file: string, choices?: ExportChoices): Promise<ExportStatus>;
  /** Exports and throws unless it is done. */
  exportDone(
    name: string,
    choices?: Partial<ExportChoices>,
  ): Promise<Extract<ExportStatus, { state: 'done' }>>;
  /** Rows of the database. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the statement says what its rows are
  rows<Row>(sql: string, ...bound: readonly unknown[]): readonly Row[];
  close(): void;
}

export async function openExportSite(studyFolder: string): Promise<ExportSite> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cahier-export-'));
  const logged: string[] = [];
  const clock = createClock();
  let ids = 0;
  const services = createServices({
    ...{ clock, newId: () => `id-${(ids += 1)}`, log: createLog((line) => logged.push(line), clock.now) },
    host: {
      chooseFolder: () => Promise.resolve(null),
      chooseImport: () => Promise.resolve(null),
      chooseDeliveries: () => Promise.resolve([]),
      chooseWorkbook: () => Promise.resolve(null),
      chooseBundle: () => Promise.resolve(null),
      chooseReport: () => Promise.resolve(null),
      chooseCopy: () => Promise.resolve(null),
      printPdf: () => Promise.reject(new Error('nothing is printed here')),
    },
    recent: { list: () => [], remember: () => undefined },
    appVersion: '0.0.0',
    folders: { migrations: path.join(root, 'migrations'), study: studyFolder },
    exportWorker: pathToFileURL(path.join(root, 'electron/workers/export.ts')),
    verifyWorker: pathToFileURL(path.join(root, 'electron/workers/verify.ts')),
    backupWorker: pathToFileURL(path.join(root, 'electron/workers/backup.ts')),
    importWorker: pathToFileURL(path.join(root, 'electron/workers/import.ts')),
    poolWorker: pathToFileURL(path.join(root, 'electron/workers/pool.ts')),
    deliveryWorker: pathToFileURL(path.join(root, 'electron/workers/delivery.ts')),
    bundleWorker: pathToFileURL(path.join(root, 'electron/workers/bundle.ts')),
    rehearsalWorker: pathToFileURL(path.join(root, 'electron/workers/rehearsal.ts')),
    cost,
  });
  const call: ExportSite['call'] = async (method, input) => {
    const answer = await services.dispatch(method, input);
    if (!answer.ok) throw new Error(`${method}: ${answer.error.code}: ${answer.error.message}`);
    return answer.value as MethodOutput<typeof method>; // dispatch answers with the output of its method
  };
  const actor = (): Actor => services.session.authorise('exports.run');
  const siteFolder = path.join(folder, 'site');
  await call('site.create', { folder: siteFolder, siteCode: '01', siteName: 'Ward 7', user, password });
  await call('session.signIn', { user, password });

  const run = (file: string, choices = everything): Promise<ExportStatus> =>
    services.exports.of(actor().site).run({ ...wholeWorkbook, file, choices, actor: actor() });
  return {
    ...{ folder, services, clock, logged, call, actor },
    enter: (subject, changes) => {
      for (const change of changes) services.forms.enter(actor(), subject, change);
    },
    file: (name) => path.join(folder, name),
    export: run,
    exportDone: async (name, choices = {}) => {
      const status = await run(path.join(folder, name), { ...everything, ...choices });
      if (status.state !== 'done') throw new Error(`${JSON.stringify(status)} ${logged.join('\n')}`);
      return status;
    },
    rows: <Row>(sql: string, ...bound: readonly unknown[]) =>
      actor()
        .site.db.prepare(sql)
        .all(...bound) as Row[], // the caller knows its columns
    close: () => {
      services.session.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function createClock(): TestClock {
  let now = Date.UTC(2024, 2, 5, 9, 30);
  let steady = 0;
  return {
    now: () => now,
    steady: () => steady,
    offsetMinutes: () => 60,
    pass: (ms) => {
      now += ms;
      steady += ms;
    },
  };
}
