/** A real site in a temporary folder, with a clock that stands still until it is moved. Nothing but host and clock is a fake. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach } from 'vitest';
import type { MethodInput, MethodName, MethodOutput, Refusal } from '#shared/bridge.ts';
import { readMoment, type Clock } from '../../../electron/clock.ts';
import { readKeyring, unlockByPassword } from '../../../electron/db/keyring.ts';
import { databaseFileIn, openForReading } from '../../../electron/db/open.ts';
import { createLog } from '../../../electron/log.ts';
import { createServices, type Services } from '../../../electron/services.ts';
import { root, sleepDiary } from '../studies/folders.ts';

export const password = 'correct horse battery';
export const user = 'anne';
/** The least that a key file may ask for: tests open many sites. */
export const cost = 2 ** 14;
export const start = Date.UTC(2024, 2, 5, 9, 30);

export interface TestClock extends Clock {
  pass(ms: number): void;
  /** As when somebody changes the clock of the machine. */
  setBack(ms: number): void;
}

export interface Bench {
  readonly folder: string;
  readonly services: Services;
  readonly clock: TestClock;
  readonly logged: readonly string[];
  /** Folders and files that the native dialogs answer with. */
  readonly dialog: { folder: string | null; file: string | null };
  call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>>;
  /** The refusal that a call is answered with; an error when it is not refused. */
  refusal(method: string, input: unknown): Promise<Refusal>;
  /** Rows of the database as another program would see them. */
  rows(sql: string): Promise<readonly unknown[]>;
}

const toTidy: (() => void)[] = [];
afterEach(() => {
  for (const tidy of toTidy.splice(0).reverse()) tidy();
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'cahier-'));
  toTidy.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

export function createTestClock(): TestClock {
  let now = start;
  let steady = 0;
  return {
    now: () => now,
    steady: () => steady,
    offsetMinutes: () => 60,
    pass: (ms) => {
      now += ms;
      steady += ms;
    },
    setBack: (ms) => {
      now -= ms;
    },
  };
}

/** Services of one process, on a folder that may hold a site already; ended after the test unless `tidy` is another list. */
export function startProcess(
  folder: string,
  clock: TestClock = createTestClock(),
  studyFolder: string = sleepDiary,
  tidy: (() => void)[] = toTidy,
): Bench {
  const logged: string[] = [];
  const dialog: Bench['dialog'] = { folder: null, file: null };
  let ids = 0;
  let key: Promise<Buffer> | null = null;
  const services = createServices({
    clock,
    newId: () => `id-${String((ids += 1))}`,
    log: createLog((line) => logged.push(line), clock.now),
    host: {
      chooseFolder: () => Promise.resolve(dialog.folder),
      chooseImport: () => Promise.resolve(dialog.file),
      chooseDeliveries: () => Promise.resolve(dialog.file === null ? [] : [dialog.file]),
      chooseWorkbook: () => Promise.resolve(dialog.file),
      chooseBundle: () => Promise.resolve(dialog.file),
      chooseReport: () => Promise.resolve(dialog.file),
      chooseCopy: () => Promise.resolve(dialog.file),
      printPdf: ({ html }) => Promise.resolve(Buffer.from(`%PDF ${html}`)),
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
  tidy.push(() => {
    services.session.close();
  });
  return {
    folder,
    services,
    clock,
    logged,
    dialog,
    call: async (method, input) => {
      const answer = await services.dispatch(method, input);
      if (!answer.ok) throw new Error(`${method}: ${answer.error.code}: ${answer.error.message}`);
      return answer.value as MethodOutput<typeof method>; // dispatch answers with the output of its method
    },
    refusal: async (method, input) => {
      const answer = await services.dispatch(method, input);
      if (answer.ok) throw new Error(`${method} was not refused`);
      return answer.error;
    },
    rows: async (sql) => {
      const db = openForReading(databaseFileIn(folder), await (key ??= keyOf(folder)));
      try {
        return db.prepare(sql).all();
      } finally {
        db.close();
      }
    },
  };
}

/** A site with one person, who has signed in. */
export async function openBench(): Promise<Bench> {
  const bench = startProcess(temporaryFolder());
  cpSync(await (template ??= createTemplate()), bench.folder, { recursive: true });
  await bench.call('site.use', { folder: bench.folder });
  await bench.call('session.signIn', { user, password });
  return bench;
}

/** Made once for all tests of a file: a copy opens like the site itself. */
let template: Promise<string> | null = null;
afterAll(async () => {
  if (template !== null) rmSync(await template, { recursive: true, force: true });
});

async function createTemplate(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cahier-template-'));
  await createSite(startProcess(folder));
  return folder;
}

export async function createSite(bench: Bench): Promise<string> {
  const { recoveryKey } = await bench.call('site.create', {
    folder: bench.folder,
    siteCode: '01',
    siteName: 'Ward 7',
    user,
    password,
  });
  return recoveryKey;
}

async function keyOf(folder: string): Promise<Buffer> {
  const unlocked = await unlockByPassword(readKeyring(folder), user, password);
  if (unlocked === null) throw new Error('the password of the test does not open the site');
  return unlocked.key;
}

/** Gives a person other roles whatever the rules say of them, with entries of the trail as an administrator leaves them. */
export function setRoles(bench: Bench, name: string, roles: readonly string[]): void {
  const { site } = bench.services.session.authorise('signed-in');
  const { db, trail } = site;
  const moment = readMoment(bench.clock);
  const note = (action: 'role.granted' | 'role.revoked', role: string): void => {
    trail.note({ user: name, role: 'administrator' }, moment, action, { detail: { person: name, role } });
  };
  const ofPerson = '(SELECT id FROM person WHERE user = ?)';
  db.transaction(() => {
    const held = db
      .prepare<[string], string>(
        `SELECT role FROM person_role WHERE person_id = ${ofPerson} AND revoked_at IS NULL`,
      )
      .pluck()
      .all(name);
    for (const role of held.filter((other) => !roles.includes(other))) {
      db.prepare(
        `UPDATE person_role SET revoked_at = ? WHERE role = ? AND person_id = ${ofPerson} AND revoked_at IS NULL`,
      ).run(moment.at, role, name);
      note('role.revoked', role);
    }
    for (const role of roles.filter((other) => !held.includes(other))) {
      db.prepare(`INSERT INTO person_role (person_id, role, granted_at) VALUES (${ofPerson}, ?, ?)`).run(
        name,
        role,
        moment.at,
      );
      note('role.granted', role);
    }
  }).immediate();
}
