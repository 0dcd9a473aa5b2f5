/** A site whose one person has every role, and which has been through every method of the contract that a session allows. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { contract, type MethodName } from '#shared/bridge.ts';
import { roles } from '#shared/permissions.ts';
import { readMoment } from '../../../electron/clock.ts';
import { readMigrations } from '../../../electron/db/migrate.ts';
import { createSite } from '../../../electron/services/site-folder.ts';
import { readStudyFolder } from '../../../electron/services/studies.ts';
import {
  cost,
  createTestClock,
  password,
  startProcess,
  temporaryFolder,
  user,
  type Bench,
} from '../services/workbench.ts';
import { root, sleepDiary } from '../studies/folders.ts';
import { acceptableInputs, fillVictim } from './inputs.ts';

let template: Promise<string> | null = null;
afterAll(async () => {
  if (template !== null) rmSync(await template, { recursive: true, force: true });
});

/** Signed in, with nobody enrolled yet. */
export async function openAllRoles(): Promise<Bench> {
  const bench = startProcess(temporaryFolder());
  cpSync(await (template ??= createTemplate()), bench.folder, { recursive: true });
  await bench.call('site.use', { folder: bench.folder });
  await bench.call('session.signIn', { user, password });
  return bench;
}

/** The same with the subject that acceptable inputs are about. */
export async function openAllRolesVictim(): Promise<Bench> {
  const bench = await openAllRoles();
  await fillVictim(bench);
  return bench;
}

/** Those that open or end a session are tried elsewhere; the rest in the order of the contract, whatever they answer. */
export const methodsOfSession = (Object.keys(contract) as MethodName[]).filter(
  (method) => contract[method].verb !== null && !method.startsWith('session.'),
);

/** Every table that the application can fill holds something, as far as one call of each method goes. */
export async function callEveryMethod(bench: Bench): Promise<void> {
  const inputs = acceptableInputs(bench);
  for (const method of methodsOfSession) {
    bench.clock.pass(1000);
    await bench.services.dispatch(method, inputs[method]);
  }
}

async function createTemplate(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cahier-roles-'));
  const site = {
    ...{ folder, siteCode: '01', siteName: 'Ward 7', practice: false, study: readStudyFolder(sleepDiary) },
    people: [{ user, password, roles }],
  } as const;
  await createSite(site, readMigrations(path.join(root, 'migrations')), cost, readMoment(createTestClock()));
  return folder;
}
