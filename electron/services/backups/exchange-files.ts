/**
 * Puts restored files in the place of a site's, whose own are moved aside and never deleted. A plan is written first:
 * whenever the process ends in between, the next one that locks the site goes on from where it stopped, so that the
 * folder never holds half of each.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { refuse } from '../../app-error.ts';
import { syncFolder, writeDurably } from '../../db/durable-file.ts';
import { keyFileName } from '../../db/keyring.ts';
import { newestHeadName } from '../../db/newest-head.ts';
import { databaseFileName } from '../../db/open.ts';

const planName = 'restore-plan.json';
const FolderName = z.string().regex(/^\.?[a-z0-9][A-Za-z0-9-]{0,60}$/);
const Plan = z.strictObject({
  format: z.literal('cahier-restore'),
  /** Names of folders in the site folder. */
  restored: FolderName,
  aside: FolderName,
  /** Which files come from the restored folder; the others of the site go aside without a successor. */
  files: z.array(z.enum([databaseFileName, keyFileName])).min(1),
});
type Plan = z.infer<typeof Plan>;

/**
 * What belongs to the database that goes: a log that stayed would be read into the restored file, and notes of its newest
 * entries would tell the restored one as cut off. What that one lacks stands in its own trail.
 */
const companions = [
  `${databaseFileName}-wal`,
  `${databaseFileName}-shm`,
  newestHeadName,
  'heads.json',
] as const;

/** The caller holds the lock of the site and has closed its database. */
export function exchangeFiles(folder: string, plan: Omit<Plan, 'format'>): void {
  const whole: Plan = { format: 'cahier-restore', ...plan };
  writeDurably(path.join(folder, planName), JSON.stringify(Plan.parse(whole)));
  carryOut(folder, whole);
}

/** Goes on with an exchange that was interrupted. The caller holds the lock of the site. */
export function finishExchange(folder: string): void {
  const file = path.join(folder, planName);
  if (!existsSync(file)) return;
  let plan: Plan;
  try {
    plan = Plan.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw refuse('restore-plan-damaged', { file: planName }, error);
  }
  carryOut(folder, plan);
}

function carryOut(folder: string, { restored, aside, files }: Plan): void {
  const from = path.join(folder, restored);
  const to = path.join(folder, aside);
  mkdirSync(to, { recursive: true });
  for (const name of files) {
    // While the successor waits, what stands in the folder under its name is the old one, unless that is aside already.
    if (!existsSync(path.join(from, name))) continue;
    if (name === databaseFileName) for (const companion of companions) moveAside(folder, to, companion);
    moveAside(folder, to, name);
    syncFolder(to);
    renameSync(path.join(from, name), path.join(folder, name));
    syncFolder(folder);
  }
  rmSync(from, { recursive: true, force: true });
  rmSync(path.join(folder, planName));
  syncFolder(folder);
}

function moveAside(folder: string, aside: string, name: string): void {
  const file = path.join(folder, name);
  if (existsSync(file) && !existsSync(path.join(aside, name))) renameSync(file, path.join(aside, name));
}
