// Kills processes at random moments of entry, backup, migration and restore, and looks after each kill whether the site
// opens, verifies and holds every value that was acknowledged, and whether nothing half made counts as whole.
// Usage: node tests/crash/sigkill.mjs [--kills 1000] [--seed 1] [--report FILE.json] [--figures FILE.json]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../../electron/clock.ts';
import { databaseFileIn } from '../../electron/db/open.ts';
import { readKeyring, unlockByPassword } from '../../electron/db/keyring.ts';
import { lockSite } from '../../electron/db/site-lock.ts';
import { verifyDatabase } from '../../electron/services/verify/verify-database.ts';
import { requireWhole } from '../../electron/services/backups/backup-files.ts';
import { finishExchange } from '../../electron/services/backups/exchange-files.ts';
import { makeBackup } from '../../electron/services/backups/make-backup.ts';
import { proveDatabase } from '../../electron/services/backups/prove-backup.ts';
import { createForms } from '../../electron/services/forms.ts';
import { createSite, openSite } from '../../electron/services/site-folder.ts';
import {
  change,
  cost,
  diary,
  doer,
  momentNow,
  needsLater,
  needsNow,
  password,
  placeOf,
  user,
} from './site.mjs';

const { values: options } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    report: { type: 'string' },
    figures: {
      type: 'string',
      default: path.resolve(import.meta.dirname, '../../test-results/figures/kills.json'),
    },
  },
});
const kills = Number(options.kills);
const lanes = 2;
const valuesOfTemplate = 600;

/** What share of the kills falls on each kind of work, and within how long after its beginning. */
const works = {
  entry: { share: 0.4, withinMs: 120 },
  backup: { share: 0.2, withinMs: 350 },
  migration: { share: 0.2, withinMs: 250 },
  restore: { share: 0.2, withinMs: 450 },
};
/** One kill in eight falls into start and opening. */
const earlyShare = 0.125;
const longestStartMs = 500;

const root = mkdtempSync(path.join(tmpdir(), 'cahier-crash-'));
const startedAt = Date.now();
try {
  const template = await makeTemplate();
  const results = await Promise.all(Array.from({ length: lanes }, (_, lane) => runLane(lane, template)));
  const failures = results.flatMap((result) => result.failures);
  const sum = (of) => results.reduce((total, result) => total + result[of], 0);
  for (const failure of failures) console.error(failure);
  const acknowledged = sum('acknowledged');
  console.log(
    `${acknowledged} acknowledged values, looked for after each of ${kills} kills (seed ${options.seed}, ${Math.round((Date.now() - startedAt) / 1000)} s): ` +
      Object.keys(works)
        .map((work) => `${sum(work)} during ${work}`)
        .join(', '),
  );
  console.log(`${kills - failures.length} passed, ${failures.length} failed`);
  write(options.report, { passed: kills - failures.length, failed: failures.length });
  write(options.figures, { kills, survived: kills - failures.length, acknowledged });
  process.exitCode = failures.length === 0 && acknowledged > 0 ? 0 : 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}

function write(file, figures) {
  if (file === undefined) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(figures));
}

/** A site with values and one good backup of most of them. */
async function makeTemplate() {
  const folder = path.join(root, 'template');
  const founder = { user, password, roles: ['administrator', 'coordinator'] };
  const site = {
    folder,
    siteCode: '01',
    siteName: 'Crash',
    practice: false,
    people: [founder],
    study: diary(),
  };
  await createSite(site, needsNow.migrations, cost, momentNow());
  const { key } = await unlockByPassword(readKeyring(folder), user, password);
  const opened = openSite(folder, key, needsNow, Date.now());
  const forms = createForms(systemClock);
  const known = new Map();
  let backup = '';
  for (let n = 0; n < valuesOfTemplate; n += 1) {
    if (n === valuesOfTemplate - 100) {
      const order = {
        siteFolder: folder,
        databaseFile: databaseFileIn(folder),
        key,
        why: 'asked',
        at: Date.now(),
        appVersion: '0.0.0',
      };
      const watch = { progress: () => undefined };
      backup = makeBackup({ ...order, folders: [path.join(folder, 'backups')] }, needsNow, watch).name;
    }
    const { subject, ...entered } = change(n);
    const { version } = forms.enter({ site: opened, ...doer }, subject, entered);
    known.set(placeOf(change(n)), { value: entered.value, version });
  }
  opened.db.close();
  return { folder, key, known, backup };
}

async function runLane(lane, template) {
  const random = createRandom(Number(options.seed) * 1000 + lane);
  const failures = [];
  const done = { acknowledged: 0 };
  for (const [work, { share }] of Object.entries(works)) {
    const count = Math.ceil((Math.round(kills * share) - lane) / lanes);
    const lasting = work === 'entry' || work === 'backup';
    const place = {
      folder: path.join(root, `${work}-${lane}`),
      known: new Map(template.known),
      next: valuesOfTemplate,
    };
    cpSync(template.folder, place.folder, { recursive: true });
    for (let kill = 1; kill <= count; kill += 1) {
      if (!lasting) renew(place, template);
      const said = await workUntilKilled(work, place, template, random);
      take(place, said, done);
      const fault = findFault(work, place, template, said);
      if (fault !== null) failures.push(`lane ${lane}, ${work}, kill ${kill}: ${fault}`);
      if (fault !== null) renew(place, template);
    }
    done[work] = count;
  }
  return { failures, ...done };
}

function renew(place, template) {
  rmSync(place.folder, { recursive: true, force: true });
  cpSync(template.folder, place.folder, { recursive: true });
  place.known = new Map(template.known);
}

/** What came out of the pipe: each line was written after its commit. */
async function workUntilKilled(work, { folder, next }, template, random) {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      path.join(import.meta.dirname, 'child.mjs'),
      ...[
        work,
        folder,
        template.key.toString('hex'),
        String(next),
        path.join(folder, 'backups', template.backup),
      ],
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE: path.join(root, 'compiled') },
    },
  );
  const isEarly = random() < earlyShare;
  const delay = random() * (isEarly ? longestStartMs : works[work].withinMs);
  const end = () => child.kill('SIGKILL');
  let timer = isEarly ? setTimeout(end, delay) : undefined;
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
    timer ??= setTimeout(end, delay);
  });
  const [code, signal] = await once(child, 'close');
  clearTimeout(timer);
  if (signal !== 'SIGKILL')
    throw new Error(`the ${work} ended by itself, with ${code}: ${output.slice(-300)}`);
  return output
    .slice(0, output.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

function take(place, said, done) {
  for (const { n, version } of said.filter((line) => line.n !== undefined)) {
    const entered = change(n);
    place.known.set(placeOf(entered), { value: entered.value, version });
    place.next = n + 1;
    done.acknowledged += 1;
  }
}

/** Opens the site as a sign-in does, with the key in hand. A sentence when something is not as it has to be, else null. */
function findFault(work, { folder, known }, template, said) {
  try {
    const siteLock = lockSite(folder, user, new Date().toISOString());
    try {
      finishExchange(folder);
      const aside = path.join(folder, 'before-restore');
      const wasRestored = existsSync(databaseFileIn(aside));
      // The one moment after which a restore has happened: before it every value is in place, after it aside.
      if (wasRestored) return faultOfRestored(folder, aside, template, known);
      if (said.some(({ restored }) => restored)) return 'a restore was acknowledged and has not happened';
      return (
        faultOfSite(folder, template.key, work === 'migration' ? needsLater : needsNow, known) ??
        faultOfBackups(folder, template.key, work === 'migration' ? needsLater : needsNow, said)
      );
    } finally {
      siteLock.release();
    }
  } catch (error) {
    return error.stack;
  }
}

function faultOfSite(folder, key, needs, known) {
  const site = openSite(folder, key, needs, Date.now());
  try {
    const report = verifyDatabase(site.db, { ...site, heads: [], headsProblems: [] });
    if (!report.ok) return report.problems[0];
    return known === null ? null : findLostValue(site.db, known);
  } finally {
    site.db.close();
  }
}

function faultOfRestored(folder, aside, { key }, known) {
  const inPlace = faultOfSite(folder, key, needsNow, null);
  if (inPlace !== null) return `restored: ${inPlace}`;
  cpSync(path.join(folder, 'keys.json'), path.join(aside, 'keys.json'));
  return faultOfSite(aside, key, needsNow, known);
}

/** Whatever has the name of a backup is one, and each that was acknowledged is there. Old ones are cleared for the next kill. */
function faultOfBackups(folder, key, needs, said) {
  const backups = path.join(folder, 'backups');
  const names = existsSync(backups)
    ? readdirSync(backups)
        .filter((name) => !name.startsWith('.'))
        .sort()
    : [];
  const missing = said.find(({ backup }) => backup !== undefined && !names.includes(backup));
  if (missing !== undefined) return `${missing.backup} was acknowledged and is not there`;
  for (const name of names.slice(-3)) {
    const { head } = requireWhole(path.join(backups, name));
    const proven = proveDatabase(databaseFileIn(path.join(backups, name)), key, needs);
    if (proven.head !== head) return `${name} has another head than it says`;
  }
  for (const name of names.slice(1, -1)) rmSync(path.join(backups, name), { recursive: true });
  return null;
}

function findLostValue(db, known) {
  const stored = db
    .prepare(
      `
    SELECT subject.number || '|' || form.event || '|' || item.name AS place, value.text, value.version FROM value
    JOIN form ON form.id = value.form_id JOIN subject ON subject.id = form.subject_id JOIN item ON item.id = value.item_id`,
    )
    .all();
  const byPlace = new Map(stored.map(({ place, text, version }) => [place, { text, version }]));
  for (const [place, { value, version }] of known) {
    const found = byPlace.get(place);
    if (found === undefined) return `${place} was acknowledged and is not there`;
    // A newer one was committed and its answer killed on the way.
    if (found.version < version || (found.version === version && found.text !== value))
      return `${place} was acknowledged and is another`;
  }
  return null;
}

/** The same moments with the same seed, as far as a machine repeats itself (mulberry32). */
function createRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
