/**
 * Every method of the contract, called once: whatever it changed in the database is explained by the entries that it left, and a
 * method that is not known to only read leaves some. New methods are taken up by being in the contract.
 */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MethodName } from '#shared/bridge.ts';
import type { WritableDb } from '../../../electron/db/open.ts';
import { password, user, type Bench } from '../services/workbench.ts';
import { methodsOfSession, openAllRolesVictim } from './all-roles.ts';
import { acceptableInputs } from './inputs.ts';
import { playScenario } from './scenario.ts';
import { look, victimOf } from './tampering.ts';
import { databaseFileIn } from '../../../electron/db/open.ts';

/** Nothing but the answer comes of them. */
const reading: readonly string[] = [
  'studies.current',
  'subjects.list',
  'subjects.nextNumber',
  'subjects.open',
  'findings.list',
  'audit.history',
  'audit.origins',
  'audit.verifyStatus',
  'audit.cancelVerify',
  'audit.list',
  'audit.questions',
  'audit.watch',
  'exports.chooseFile',
  'exports.preview',
  'exports.presets',
  'exports.status',
  'exports.cancel',
  'submission.desk',
  'submission.chooseFile',
  'submission.status',
  'submission.cancel',
  'reports.studyTable',
  'reports.chooseFile',
  'people.list',
  'people.rightsOn',
  'settings.get',
  'amendments.preview',
  'queries.list',
  'queries.count',
  'queries.ofItem',
  'second.list',
  'second.rates',
  // What was typed and not saved is no part of the record; it lies beside the database.
  'drafts.keep',
  'drafts.list',
  'drafts.discard',
  'recovery.look',
  'imports.chooseFile',
  'imports.read',
  'imports.dryRun',
  'imports.status',
  'imports.cancel',
  'backups.list',
  'backups.status',
  'backups.skip',
  'signatures.asksName',
  'signatures.list',
  'signatures.owed',
  'copies.chooseFile',
  'copies.status',
  'copies.cancel',
];
/** Their acceptable input names a job, a file or a definition that there is not; each is tried where there is one. */
const refused: readonly string[] = [
  'exports.status',
  'exports.cancel',
  'submission.status',
  'submission.cancel',
  'copies.start',
  'copies.status',
  'copies.cancel',
  'imports.run',
  'imports.status',
  'imports.cancel',
  'backups.rehearse',
  'backups.restore',
  'amendments.install',
  // They have a meaning in a pool only: tests/unit/pool.
  'pool.chooseFiles',
  'pool.take',
  'pool.status',
  'pool.cancel',
  'pool.overview',
  'pool.conflicts',
  'pool.decide',
];

const apart = ['audit', 'audit_head'];

function dump({ db }: { db: WritableDb }): ReadonlyMap<string, string> {
  const tables = db
    .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
    .pluck()
    .all();
  return new Map(
    tables
      .filter((table) => !apart.includes(table))
      .map((table) => [table, JSON.stringify(db.prepare(`SELECT * FROM "${table}"`).all())]),
  );
}

const chooseImport = (bench: Bench): Promise<unknown> => {
  bench.dialog.file = acceptableInputs(bench)['imports.read'].file;
  return bench.call('imports.chooseFile', {});
};
/** What a method needs before its acceptable input is accepted, where no other method makes it. */
const preparing: Readonly<Partial<Record<MethodName, (bench: Bench) => Promise<unknown>>>> = {
  'exports.start': (bench) => {
    bench.dialog.file = acceptableInputs(bench)['exports.start'].file;
    return bench.call('exports.chooseFile', {});
  },
  'submission.bundle': async (bench) => {
    const { file } = acceptableInputs(bench)['submission.bundle'];
    bench.dialog.file = file;
    await bench.services.dispatch(
      'submission.addRecipient',
      acceptableInputs(bench)['submission.addRecipient'],
    );
    return bench.call('submission.chooseFile', {});
  },
  'imports.read': chooseImport,
  'imports.dryRun': chooseImport,
  'reports.write': (bench) => {
    bench.dialog.file = acceptableInputs(bench)['reports.write'].file;
    return bench.call('reports.chooseFile', { format: 'html' });
  },
  'backups.addFolder': (bench) => {
    bench.dialog.folder = path.join(bench.folder, 'away');
    return Promise.resolve();
  },
  'forms.complete': (bench) =>
    bench.services.dispatch('forms.save', {
      ...{ subject: '01-S01', event: 'N1', form: 'NIGHT' },
      changes: nightAnswers.map(([item, value]) => ({ row: 1, item, value })),
    }),
};
/** All that a night has to answer before it is complete. */
const nightAnswers = [
  ['night_bed', '2024-03-04T22:00'],
  ['night_up', '2024-03-05T06:30'],
] as const;

interface Outcome {
  readonly accepted: boolean;
  readonly problems: readonly string[];
}

/** The same thing again may change nothing. */
async function tryOut(bench: Bench, method: MethodName, isFirst: boolean): Promise<Outcome> {
  if (bench.services.session.status().state === 'closed')
    await bench.call('session.signIn', { user, password });
  await preparing[method]?.(bench);
  bench.clock.pass(60_000);
  const { site } = bench.services.session.authorise('signed-in');
  const before = dump(site);
  const head = site.trail.head().seq;
  const answer = await bench.services.dispatch(method, acceptableInputs(bench)[method]);
  if (bench.services.session.status().state === 'closed')
    await bench.call('session.signIn', { user, password });
  const now = bench.services.session.authorise('signed-in').site;
  await bench.services.exports.of(now).idle();
  await bench.services.bundles.idle();

  const after = dump(now);
  const entries = now.trail.head().seq - head;
  const changed = [...after].filter(([table, rows]) => before.get(table) !== rows).map(([table]) => table);
  const isReading = reading.includes(method);
  const told = [
    ...(changed.length > 0 && entries === 0 ? [`changes ${changed.join(', ')} and leaves no entry`] : []),
    ...(answer.ok && isFirst && !isReading && entries === 0
      ? ['leaves no entry: is it one that only reads?']
      : []),
    ...(answer.ok && isReading && changed.length + entries > 0 ? ['is no method that only reads'] : []),
    ...(!answer.ok && changed.length > 0 ? [`is refused and changes ${changed.join(', ')}`] : []),
    ...look(victimOf(bench, []), databaseFileIn(bench.folder)).problems,
  ];
  return { accepted: answer.ok, problems: told.map((problem) => `${method} ${problem}`) };
}

describe('every method of a session', () => {
  it(
    'leaves entries from which all that it changed follows, and is accepted at least once',
    { timeout: 120_000 },
    async () => {
      const bench = await openAllRolesVictim();
      const accepted = new Set<string>();
      const problems: string[] = [];
      // What one method makes, another needs: in the first round some come too early.
      for (const method of [...methodsOfSession, ...methodsOfSession]) {
        const outcome = await tryOut(bench, method, !accepted.has(method));
        if (outcome.accepted) accepted.add(method);
        problems.push(...outcome.problems);
      }
      for await (const method of playScenario(bench)) {
        accepted.add(method);
        const { problems: found } = look(victimOf(bench, []), databaseFileIn(bench.folder));
        problems.push(...found.map((problem) => `${method} ${problem}`));
      }
      expect(problems).toEqual([]);
      expect(methodsOfSession.filter((method) => !accepted.has(method) && !refused.includes(method))).toEqual(
        [],
      );
    },
  );
});
