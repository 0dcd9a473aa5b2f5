/** One acceptable input for every method of the contract, for a site where subject 01-S01 has a night with a soft finding. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { MethodInput, MethodName } from '#shared/bridge.ts';
import { wholeWorkbook } from '#shared/export-choices.ts';
import { type Bench, openBench, password, user } from '../services/workbench.ts';

const subject = '01-S01';
const night = { subject, event: 'N1', form: 'NIGHT' };
const noBackup = { folder: 0, name: '01-2024-03-05T093000-000Z.cahier-backup' };
/** The example of age's README. */
const centreKey = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
const sample = { subject, event: 'JOURNAL', form: 'SAMPLE' };

export function acceptableInputs(bench: Bench): { readonly [M in MethodName]: MethodInput<M> } {
  const folder = path.join(bench.folder, 'other');
  return {
    'site.status': {},
    'site.chooseFolder': { purpose: 'open' },
    'site.create': { folder, siteCode: '02', siteName: 'Other', user: 'mallory', password },
    'site.createPractice': { folder },
    'site.use': { folder: bench.folder },
    'session.signIn': { user, password },
    'session.lock': {},
    'session.unlock': { password },
    'session.signOut': {},
    'session.recover': { user, recoveryKey: 'A'.repeat(65), newPassword: 'a quite new password' },
    'session.changePassword': { currentPassword: password, newPassword: 'a quite new password' },
    'people.list': {},
    'people.create': { user: 'mallory', fullName: 'Mallory', roles: ['administrator'], password },
    // Of somebody else: who calls keeps the own roles, and stays signed in.
    'people.rename': { user: 'mallory', fullName: 'Mallory Grey' },
    'people.setRoles': { user: 'mallory', roles: ['administrator', 'data-entry'], reason: 'Asked for' },
    'people.disable': { user: 'mallory', reason: 'Left the ward' },
    'people.enable': { user: 'mallory', reason: 'Back again', password },
    'people.setPassword': { user: 'mallory', reason: 'Forgotten', password },
    'people.recoveryKey': { password },
    'people.rightsOn': { date: '2024-03-05' },
    'settings.get': {},
    'settings.change': { setting: 'idleMinutes', value: 15 },
    'studies.current': {},
    'amendments.preview': {},
    'amendments.install': { fingerprint: '0'.repeat(64), reason: 'Amendment 1' },
    'subjects.list': { search: '', offset: 0, limit: 10 },
    'subjects.nextNumber': {},
    'subjects.enrol': { subject: '01-S02' },
    'subjects.open': { subject },
    'forms.save': {
      ...night,
      changes: [{ row: 1, item: 'night_wakes', value: '4', baseVersion: 0, reason: 'OTH: misread' }],
    },
    'forms.removeRow': { ...sample, group: 'SAMPLE', row: 1, reason: 'OTH: misread' },
    'forms.complete': night,
    'forms.verify': { subject },
    'forms.unverify': { subject, event: 'N1', reason: 'Verified too early' },
    'forms.lock': night,
    'forms.unlock': { ...night, reason: 'The laboratory sent a correction' },
    'signatures.sign': { ...night, meaning: 'reviewed', user, password, savedAt: '-' },
    'signatures.list': { subject },
    'signatures.asksName': {},
    'signatures.owed': {},
    'subjects.freeze': { subject, reason: 'Cut for the analysis' },
    'subjects.unfreeze': { subject, reason: 'The analysis is done' },
    'site.freeze': { reason: 'Cut for the analysis' },
    'site.unfreeze': { reason: 'The analysis is done' },
    'second.list': { offset: 0, limit: 10 },
    'second.begin': night,
    'second.save': { ...night, changes: [{ row: 1, item: 'night_wakes', value: '4', baseVersion: 0 }] },
    'second.removeRow': { ...sample, group: 'SAMPLE', row: 1 },
    'second.complete': night,
    'second.giveBack': night,
    'second.compare': night,
    'second.decide': { ...night, position: 1, which: 'first', reason: 'Source' },
    'second.rates': {},
    'findings.confirm': {
      ...night,
      row: 1,
      item: 'night_temp',
      check: 'night_temp.soft',
      reason: 'Heat wave',
    },
    'findings.list': { severity: 'soft', status: 'open', offset: 0, limit: 10 },
    'queries.list': {
      subject,
      state: 'open',
      kind: 'check',
      severity: 'soft',
      form: 'NIGHT',
      minAgeDays: 1,
      offset: 0,
      limit: 10,
    },
    'queries.count': {},
    'queries.ofItem': { ...night, row: 1, item: 'night_temp' },
    'queries.open': { ...night, row: 1, item: 'night_temp', text: 'Was the window open?' },
    'queries.answer': { subject, query: 1, text: 'It was.' },
    'queries.reopen': { subject, query: 1, text: 'Which one?' },
    'queries.close': { subject, query: 1, text: 'Accepted.' },
    'audit.history': { ...night, row: 1, item: 'night_temp' },
    'audit.origins': { subject, places: [{ event: 'N1', form: 'NIGHT', row: 1, item: 'night_temp' }] },
    'audit.verify': {},
    'audit.verifyStatus': {},
    'audit.cancelVerify': {},
    'audit.watch': {},
    'audit.list': { filter: { group: 'value' }, order: 'seq', descending: true, offset: 0, limit: 10 },
    'audit.questions': {},
    'audit.review': { toSeq: 3, note: 'Looked at all late entries', password },
    'exports.chooseFile': {},
    'exports.start': { file: path.join(bench.folder, 'book.xlsx'), ...wholeWorkbook },
    'exports.preview': { choices: wholeWorkbook.choices },
    'exports.presets': {},
    'exports.savePreset': { name: 'For the centre', wish: wholeWorkbook },
    'exports.removePreset': { name: 'For the centre' },
    'exports.key': { reason: 'The centre asks about a value' },
    'exports.status': { job: 'none' },
    'exports.cancel': { job: 'none' },
    'submission.rehearse': { unsigned: 'warns' },
    'submission.desk': {},
    'submission.addRecipient': { key: centreKey, name: 'Pooling centre' },
    'submission.removeRecipient': { key: centreKey },
    'submission.signingKey': {},
    'submission.ownRecipient': {},
    'submission.chooseFile': {},
    'submission.bundle': { file: path.join(bench.folder, 'site_01.cahier.age') },
    'submission.status': { job: 'none' },
    'submission.cancel': { job: 'none' },
    'copies.chooseFile': { order: { kind: 'blank-crf' } },
    'copies.start': {
      ...{ order: { kind: 'casebook', subject, event: null, history: true }, language: 'en' },
      file: path.join(bench.folder, 'copy.pdf'),
    },
    'copies.status': { job: 'none' },
    'copies.cancel': { job: 'none' },
    'backups.list': {},
    'backups.now': {},
    'backups.status': {},
    'backups.skip': {},
    'backups.addFolder': {},
    'backups.removeFolder': { folder: 1 },
    'backups.rehearse': { backup: noBackup, folder },
    'backups.restore': { backup: noBackup, reason: 'The drive failed' },
    'drafts.keep': {
      keep: [{ ...night, row: 1, item: 'night_wakes', typed: '5', baseVersion: 0 }],
    },
    'drafts.list': {},
    'drafts.discard': { places: [{ ...night, row: 1, item: 'night_wakes' }] },
    'recovery.look': {},
    'damage.look': {},
    'damage.restore': { backup: noBackup, folder, user, password },
    'damage.takeKeys': { backup: noBackup, user, password },
    'damage.accept': { user, password },
    'damage.salvage': { folder, user, password },
    'imports.chooseFile': {},
    'imports.read': {
      file: path.join(bench.folder, 'book.xlsx'),
      layout: { sheet: 'A', orientation: 'rows', header: 1 },
    },
    'imports.dryRun': { file: path.join(bench.folder, 'book.xlsx'), differing: 'leave' },
    'imports.run': {
      ...{ file: path.join(bench.folder, 'book.xlsx'), sha256: 'a'.repeat(64) },
      ...{ differing: 'overwrite', reason: 'OTH' },
    },
    'imports.status': { job: 'none' },
    'imports.cancel': { job: 'none' },
    'pool.create': { folder: '/tmp/pool', name: 'Pool', user: 'dora', password: 'correct horse battery' },
    'pool.chooseFiles': {},
    'pool.take': { files: ['/tmp/site.xlsx'] },
    'pool.status': { job: 'job' },
    'pool.cancel': { job: 'job' },
    'pool.overview': {},
    'pool.conflicts': { offset: 0, limit: 50 },
    'pool.decide': { which: { id: 1 }, choice: 'pooled', reason: 'As the site says' },
    'reports.studyTable': {},
    'reports.chooseFile': { format: 'html' },
    'reports.write': { file: path.join(bench.folder, 'report.html'), language: 'en' },
  };
}

/** A signed-in bench with one subject, one soft finding and one sample row. */
export async function openVictim(): Promise<Bench> {
  const bench = await openBench();
  await fillVictim(bench);
  return bench;
}

export async function fillVictim(bench: Bench): Promise<void> {
  await bench.call('subjects.enrol', { subject });
  await bench.call('forms.save', { ...night, changes: [{ row: 1, item: 'night_temp', value: '35' }] });
  await bench.call('forms.save', { ...sample, changes: [{ row: 1, item: 'sample_assay', value: 'mel' }] });
}

const recorded = [
  'subject',
  'form',
  'value',
  'finding',
  'confirmation',
  'signature',
  'freeze',
  'query',
  'query_message',
  'person',
  'person_role',
  'study_version',
  'meta',
  'second_entry',
  'second_value',
  'second_compared',
  'second_difference',
] as const;

/** Everything that an attack could leave behind: files of the folder, rows of the tables, and the prototypes of the process. */
export async function traceOf(bench: Bench): Promise<unknown> {
  const files = readdirSync(bench.folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => !/^site\.cahier-(wal|shm)$/u.test(name),
  );
  const tables = await Promise.all(recorded.map((table) => bench.rows(`SELECT * FROM ${table}`)));
  const trail = await bench.rows(`SELECT seq, action FROM audit WHERE action NOT LIKE 'session.%'`);
  const polluted = Object.keys(Object.prototype);
  return {
    files: files.sort(),
    tables,
    trail,
    polluted,
    keys: contentOf(path.join(bench.folder, 'keys.json')),
  };
}

function contentOf(file: string): string {
  return statSync(file, { throwIfNoEntry: false }) === undefined ? '' : readFileSync(file, 'utf8');
}
