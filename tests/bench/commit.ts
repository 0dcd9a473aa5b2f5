/** Committing one field through dispatch, held against a bare encrypted transaction that writes as many rows into the same tables. */
import { randomBytes } from 'node:crypto';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { openForWriting, type WritableDb } from '../../electron/db/open.ts';
import { median, medianRatio, measurePairs, quantile, timed, timedAsync, type Figure } from './measure.ts';
import { report } from './report.ts';
import { enterChild, openBenchSite, readChildren, subjectNumber } from './site.ts';

const runs = 400;
const warmUp = 40;
const place = { subject: subjectNumber(1), event: 'SCR', form: 'VS' };
const item = 'vs_temp';

void report(async () => {
  const site = await openBenchSite();
  try {
    enterChild(site, place.subject, readChildren()[0] ?? []);
    const { db, key, databaseFile } = site.actor().site;
    db.pragma('wal_checkpoint(TRUNCATE)');
    const copy = path.join(site.folder, 'bare.cahier');
    cpSync(databaseFile, copy);
    const bare = createBare(openForWriting(copy, key, () => undefined));

    let value = 0;
    const save = async (): Promise<number> => {
      value += 1;
      const changes = [{ row: 1, item, value: value % 2 === 0 ? '38.4' : '38.6' }];
      return timedAsync(() => site.call('forms.save', { ...place, changes }));
    };
    for (let run = 0; run < warmUp; run += 1) {
      await save();
      bare.write();
    }
    const before = changesOf(db);
    await save();
    const rows = changesOf(db) - before;
    if (bare.rows() !== rows) throw new Error(`a save writes ${rows} rows, the baseline ${bare.rows()}`);

    const pair = await measurePairs(runs, save, () => Promise.resolve(timed(bare.write)));
    const figure: Figure & { ratio: number } = {
      name: 'commit',
      what: 'commit one field : bare encrypted transaction',
      unit: 'ms',
      ours: median(pair.ours),
      baseline: median(pair.baseline),
      ratio: medianRatio(pair),
      limit: 2,
      seen: { runs, rows, p99: quantile(pair.ours, 0.99), baselineP99: quantile(pair.baseline, 0.99) },
    };
    bare.close();
    return [figure];
  } finally {
    site.remove();
  }
});

function changesOf(db: WritableDb): number {
  return Number(db.prepare('SELECT total_changes()').pluck().get());
}

/** What a save of one field writes: the value, its trail entry, the head of the trail and the subject's line in the list. */
function createBare(db: WritableDb): { write: () => void; rows: () => number; close: () => void } {
  const find = `SELECT form.id FROM form JOIN subject ON subject.id = form.subject_id WHERE subject.number = ? AND form.event = ? AND form.form = ?`;
  const form = Number(db.prepare(find).pluck().get(place.subject, place.event, place.form));
  const itemId = Number(db.prepare('SELECT id FROM item WHERE name = ?').pluck().get(item));
  const putValue = db.prepare(
    'UPDATE value SET text = ?, number = ?, version = version + 1 WHERE form_id = ? AND row = 1 AND item_id = ?',
  );
  const putEntry = db.prepare(
    `INSERT INTO audit (seq, at, offset_minutes, user, role, site, action, origin, subject_id, form_id, row, item_id, old, new, reason, detail, hash)
     SELECT MAX(seq) + 1, ?, 0, 'anne', 'coordinator', '01', 'value.set', 'entry', 1, ?, 1, ?, ?, ?, NULL, NULL, ? FROM audit`,
  );
  const putHead = db.prepare('UPDATE audit_head SET seq = seq + 1, hash = ? WHERE id = 1');
  const putSubject = db.prepare('UPDATE subject SET changed_at = ? WHERE id = 1');
  const json = '{"missing":null,"number":38.4,"precision":null,"relation":null,"text":"38.4","unit":null}';
  const transaction = db.transaction(() => {
    const hash = randomBytes(32);
    putValue.run('38.4', 38.4, form, itemId);
    putEntry.run(Date.now(), form, itemId, json, json, hash);
    putHead.run(hash);
    putSubject.run(Date.now());
  });
  const write = (): void => transaction.immediate();
  return {
    write,
    rows: () => {
      const before = changesOf(db);
      write();
      return changesOf(db) - before;
    },
    close: () => db.close(),
  };
}
