import { describe, expect, it } from 'vitest';
import { backupsToRemove, type DatedBackup } from '#shared/backup-rotation.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const now = Date.UTC(2024, 5, 12, 15, 30); // a Wednesday

const made = (ago: number, isGood = true): DatedBackup => ({
  name: new Date(now - ago).toISOString(),
  at: now - ago,
  isGood,
});
const kept = (backups: readonly DatedBackup[]): readonly string[] => {
  const removed = new Set(backupsToRemove(backups, now));
  return backups.map(({ name }) => name).filter((name) => !removed.has(name));
};
/** One every quarter of an hour for `days`. */
const denselyFor = (days: number): readonly DatedBackup[] =>
  Array.from({ length: days * 96 }, (_, index) => made(index * 15 * 60_000));

describe('backups that are kept', () => {
  it('are one an hour for a day, one a day for a week, one a week for a month, one a month for a year', () => {
    const ages = kept(denselyFor(800)).map((name) => (now - Date.parse(name)) / hourMs);
    expect(ages.filter((age) => age < 24)).toHaveLength(25);
    expect(ages.filter((age) => age >= 24 && age < 7 * 24)).toHaveLength(7);
    expect(ages.filter((age) => age >= 7 * 24 && age < 31 * 24)).toHaveLength(5);
    expect(ages.filter((age) => age >= 31 * 24 && age < 366 * 24)).toHaveLength(12);
    expect(ages.filter((age) => age >= 366 * 24)).toHaveLength(0);
  });
  it('are the newest of their hour', () => {
    expect(kept([made(0), made(31 * 60_000), made(50 * 60_000)])).toEqual([
      made(0).name,
      made(31 * 60_000).name,
    ]);
  });
  it('always hold the newest good one, however old it is', () => {
    expect(kept([made(3000 * dayMs), made(4000 * dayMs)])).toEqual([made(3000 * dayMs).name]);
  });
  it('hold every damaged one, and none of them takes the place of a good one', () => {
    const backups = [made(0, false), made(5 * 60_000), made(10 * 60_000), made(20 * 60_000, false)];
    expect(kept(backups)).toEqual([
      made(0, false).name,
      made(5 * 60_000).name,
      made(20 * 60_000, false).name,
    ]);
  });
  it('hold those that seem to be made in the future, as after a clock that was set back', () => {
    const backups = [made(-2 * dayMs), made(-2 * dayMs + 60_000), made(0), made(60_000)];
    expect(backupsToRemove(backups, now)).toEqual([made(60_000).name]);
  });
  it('stay the same when the rule is applied twice', () => {
    const names = new Set(kept(denselyFor(40)));
    const once = denselyFor(40).filter(({ name }) => names.has(name));
    expect(backupsToRemove(once, now)).toEqual([]);
  });
  it('are none where there is none', () => {
    expect(backupsToRemove([], now)).toEqual([]);
  });
});
