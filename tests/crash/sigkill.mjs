// Kills a scripted entry at random moments and looks, after each kill, whether the file opens, verifies, and holds every
// value that was acknowledged. Usage: node tests/crash/sigkill.mjs [--kills 200] [--seed 1] [--report FILE.json]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readKeyring, unlockByPassword } from '../../electron/db/keyring.ts';
import { readMigrations } from '../../electron/db/migrate.ts';
import { lockSite } from '../../electron/db/site-lock.ts';
import { verifySite } from '../../electron/services/audit.ts';
import { openSite } from '../../electron/services/site-folder.ts';
import { createStudyReader } from '../../electron/services/studies.ts';
import { shippedFiles } from '../../electron/shipped-files.ts';

const { values: options } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    report: { type: 'string' },
  },
});
const kills = Number(options.kills);
const lanes = 2;
const user = 'anne';
const password = 'correct horse battery';
const cli = path.resolve(import.meta.dirname, '../../electron/cli.ts');

/** A kill usually falls into the entry itself; one in five into start, opening or the first moments. */
const longestStartMs = 1500;
const longestEntryMs = 500;
const linesAhead = 2000;

const results = await Promise.all(
  Array.from({ length: lanes }, (_, lane) => runLane(lane, Math.ceil((kills - lane) / lanes))),
);
const failed = results.flatMap(({ failures }) => failures);
const acknowledged = results.reduce((sum, { acknowledged: own }) => sum + own, 0);
for (const failure of failed) console.error(failure);
console.log(
  `${String(acknowledged)} acknowledged values looked for after each of ${String(kills)} kills (seed ${options.seed})`,
);
console.log(`${String(kills - failed.length)} passed, ${String(failed.length)} failed`);
if (options.report !== undefined)
  writeFileSync(options.report, JSON.stringify({ passed: kills - failed.length, failed: failed.length }));
process.exitCode = failed.length === 0 && acknowledged > 0 ? 0 : 1;

async function runLane(lane, count) {
  const folder = mkdtempSync(path.join(tmpdir(), 'cahier-crash-'));
  const random = createRandom(Number(options.seed) * 1000 + lane);
  const known = new Map();
  const failures = [];
  const opening = {
    migrations: readMigrations(shippedFiles().folders.migrations),
    readStudy: createStudyReader(),
  };
  try {
    await runToEnd(['init', '--dir', folder, '--site-code', '01', '--site-name', 'Crash', '--user', user]);
    const { key } = await unlockByPassword(readKeyring(folder), user, password);
    let next = 0;
    for (let kill = 1; kill <= count; kill += 1) {
      const answers = await enterUntilKilled(folder, next, random);
      for (const { line, ok, version } of answers) {
        if (!ok) throw new Error(`line ${String(next + line)} of the script was refused`);
        const { subject, row, item, value } = scriptLine(next + line - 1);
        known.set(`${subject}|${String(row)}|${item}`, { value, version });
      }
      next += answers.length;
      const fault = findFault(folder, key, opening, known);
      if (fault !== null) failures.push(`lane ${String(lane)}, kill ${String(kill)}: ${fault}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { failures, acknowledged: known.size };
}

/** The answers that came out of the pipe: each was written after its commit. */
async function enterUntilKilled(folder, from, random) {
  const child = startCli(['enter', '--dir', folder, '--user', user, '--json', '-']);
  child.stdin.on('error', () => undefined); // the pipe breaks with the process
  child.stdin.write(
    Array.from({ length: linesAhead }, (_, index) => `${JSON.stringify(scriptLine(from + index))}\n`).join(
      '',
    ),
  );
  const early = random() < 0.2;
  const delay = random() * (early ? longestStartMs : longestEntryMs);
  let timer = early ? setTimeout(() => child.kill('SIGKILL'), delay) : undefined;
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
    timer ??= setTimeout(() => child.kill('SIGKILL'), delay);
  });
  const [code, signal] = await once(child, 'close');
  clearTimeout(timer);
  if (signal !== 'SIGKILL') throw new Error(`the entry ended by itself, with ${String(code)}: ${output}`);
  const whole = output.slice(0, output.lastIndexOf('\n') + 1);
  return whole
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Opens the site as a sign-in does, with the key in hand. A sentence when something is not as it was acknowledged, else null. */
function findFault(folder, key, opening, known) {
  try {
    const siteLock = lockSite(folder, user, new Date().toISOString());
    try {
      const site = openSite(folder, key, opening, Date.now());
      try {
        const report = verifySite(site);
        return report.ok ? findLostValue(site.db, known) : report.problems[0];
      } finally {
        site.db.close();
      }
    } finally {
      siteLock.release();
    }
  } catch (error) {
    return error.message;
  }
}

function findLostValue(db, known) {
  const stored = db
    .prepare(
      `
    SELECT subject.number || '|' || value.row || '|' || item.name AS place, value.text, value.version FROM value
    JOIN form ON form.id = value.form_id JOIN subject ON subject.id = form.subject_id JOIN item ON item.id = value.item_id WHERE value.derived = 0`,
    )
    .all();
  const byPlace = new Map(stored.map(({ place, text, version }) => [place, { text, version }]));
  for (const [place, { value, version }] of known) {
    const found = byPlace.get(place);
    if (found === undefined) return `${place} was acknowledged and is not there`;
    if (found.text !== value || found.version < version) return `${place} was acknowledged and is another`;
  }
  return null;
}

/** Line n of an endless script: rows of vital signs, child after child, no place twice. */
function scriptLine(n) {
  const items = ['vs_hr', 'vs_rr', 'vs_sbp', 'vs_dbp'];
  const perSubject = 120;
  const within = n % perSubject;
  return {
    subject: `01-${String(1 + Math.floor(n / perSubject)).padStart(3, '0')}`,
    event: 'SCR',
    form: 'VS',
    row: 1 + Math.floor(within / items.length),
    item: items[within % items.length],
    value: String(60 + ((n * 7) % 60)),
  };
}

async function runToEnd(words) {
  const child = startCli(words);
  child.stdin.end();
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${words[0]} ended with ${String(code)}`);
}

function startCli(words) {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cli, ...words], {
    env: { ...process.env, CAHIER_PASSWORD: password },
    stdio: ['pipe', 'pipe', words[0] === 'init' ? 'ignore' : 'inherit'],
  });
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
