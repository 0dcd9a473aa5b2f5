/** Verifying a site with a million entries of the trail, by reading the same rows once and hashing the same bytes alone. */
import { hash } from 'node:crypto';
import { auditEvent, firstPreviousHash, type AuditEvent } from '#shared/audit.ts';
import type { RecordedValue } from '#shared/record.ts';
import { openForReading } from '../../electron/db/open.ts';
import { readMoment, systemClock } from '../../electron/clock.ts';
import { requireSubject } from '../../electron/services/subjects.ts';
import {
  createHashedText,
  selectHashed,
  type HashedEntry,
} from '../../electron/services/verify/stored-entry.ts';
import { measurePairs, median, medianRatio, timed, timedAsync, type Figure } from './measure.ts';
import { reportOnSite } from './report.ts';
import { enterChild, readChildren, subjectNumber, type BenchSite } from './site.ts';

const entries = 1_000_000;
const subjects = 60;
const runs = 3;
const sampled = 20_000;

async function measure(site: BenchSite): Promise<Figure> {
  const children = readChildren();
  for (let n = 1; n <= subjects; n += 1)
    enterChild(site, subjectNumber(n), children[(n - 1) % children.length] ?? []);
  lengthen(site);
  const { site: opened } = site.actor();
  const total = opened.trail.head().seq;
  const db = openForReading(opened.databaseFile, opened.key);
  const texts = sampleTexts(db);
  const pair = await measurePairs(
    runs,
    () =>
      timedAsync(async () => {
        const { ok, problems } = await site.call('audit.verify', {});
        if (!ok) throw new Error(`the site of the benchmark is wrong: ${problems.slice(0, 3).join(' ')}`);
      }),
    () => Promise.resolve(timed(() => readOnce(db)) + timed(() => hashAlone(texts, total))),
  );
  const reading = timed(() => readOnce(db));
  db.close();
  return {
    name: 'verify',
    what: `${String(Math.round(total / 1000))}k entries verified, by reading them once and hashing the same bytes`,
    unit: 'ms',
    ours: median(pair.ours),
    baseline: median(pair.baseline),
    limit: 1.5,
    seen: {
      ratio: medianRatio(pair),
      runs,
      entries: total,
      subjects,
      readingAlone: reading,
      meanBytes: meanLength(texts),
    },
  };
}

/** Every value set again and again to what it is, in one true chain; versions and times follow. */
function lengthen(bench: BenchSite): void {
  const { site, user, role } = bench.actor();
  const moment = readMoment(systemClock);
  const stamp = site.trail.stamp({ user, role }, moment);
  const records = Array.from({ length: subjects }, (_, index) => {
    const subject = requireSubject({ site }, subjectNumber(index + 1));
    return { subject, values: site.rows.record(subject).values };
  });
  const raise = site.db.prepare(
    `UPDATE value SET version = version + 1 WHERE form_id IN (SELECT id FROM form WHERE subject_id = ?)`,
  );
  const touch = site.db.prepare('UPDATE subject SET changed_at = ? WHERE id = ?');
  for (;;) {
    for (const { subject, values } of records) {
      site.db
        .transaction(() => {
          site.trail.append(values.map((value) => setAgain(stamp, subject.number, value)));
          raise.run(subject.id);
          touch.run(moment.at, subject.id);
        })
        .immediate();
    }
    site.rows.forget();
    if (site.trail.head().seq >= entries) break;
  }
  site.db.pragma('wal_checkpoint(TRUNCATE)');
}

function setAgain(
  stamp: Parameters<typeof auditEvent>[0],
  subject: string,
  value: RecordedValue,
): AuditEvent {
  const { event, form, row, item, text, relation, number, unit, precision, missing, derived, parked } = value;
  const answer = { text, relation, number, unit, precision, missing };
  const held = text === null && missing === null ? null : answer;
  const detail = { ...(parked ? { parked } : {}), ...(derived ? { derived } : {}) };
  return auditEvent(stamp, 'value.set', {
    ...{ subject, event, form, row, item, old: held, new: held },
    ...(Object.keys(detail).length === 0 ? {} : { detail }),
    ...(derived ? { origin: 'derivation' as const } : { reason: 'read again in the file of the patient' }),
  });
}

const everyColumn =
  'SELECT seq, at, offset_minutes, user, role, site, action, origin, subject_id, form_id, row, item_id, old, new, reason, detail, hash FROM audit ORDER BY seq';

function readOnce(db: ReturnType<typeof openForReading>): void {
  let last: unknown = 0;
  for (const [seq] of db.prepare<[], readonly unknown[]>(everyColumn).raw().iterate()) last = seq;
  if (Number(last) < entries) throw new Error('not everything was read');
}

function sampleTexts(db: ReturnType<typeof openForReading>): readonly string[] {
  const textOf = createHashedText();
  return db
    .prepare<[], HashedEntry>(selectHashed.replace('ORDER BY', 'WHERE audit.seq % 50 = 0 ORDER BY'))
    .raw()
    .all()
    .slice(0, sampled)
    .map((row) => textOf(row, firstPreviousHash) ?? '');
}

/** As many bytes as the trail has, from texts that lie in memory. */
function hashAlone(texts: readonly string[], total: number): void {
  for (let n = 0; n < total; n += 1) hash('sha256', texts[n % texts.length] ?? '', 'hex');
}

function meanLength(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
}

await reportOnSite(async (site) => [await measure(site)]);
