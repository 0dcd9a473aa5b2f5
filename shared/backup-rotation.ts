/**
 * Which backups are kept (grandfather, father, son): of the last day the newest of each hour, of the last week of each
 * day, of the last month of each week, of the last year of each month. Hours, days and weeks are those of UTC, so that
 * the answer is the same on every computer.
 */
export interface DatedBackup {
  readonly name: string;
  /** UTC, milliseconds since 1970. */
  readonly at: number;
  /** Whole and verified. Others are never counted for a kept one, and never removed: they may be all that is left to salvage. */
  readonly isGood: boolean;
}

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

interface Span {
  /** Backups younger than this are kept one a bucket. */
  readonly until: number;
  readonly bucket: (at: number) => string;
}
const spans: readonly Span[] = [
  { until: dayMs, bucket: (at) => `hour ${String(Math.floor(at / hourMs))}` },
  { until: 7 * dayMs, bucket: (at) => `day ${String(Math.floor(at / dayMs))}` },
  // 1 January 1970 was a Thursday: weeks begin on Monday.
  { until: 31 * dayMs, bucket: (at) => `week ${String(Math.floor((at / dayMs + 3) / 7))}` },
  { until: 366 * dayMs, bucket: (at) => `month ${new Date(at).toISOString().slice(0, 7)}` },
];

/** Names of those that the rule gives up. Never the newest good one, and none that a clock set back makes look like the future's. */
export function backupsToRemove(backups: readonly DatedBackup[], now: number): readonly string[] {
  const good = backups.filter(({ isGood }) => isGood).sort((a, b) => b.at - a.at);
  const filled = new Set<string>();
  return good
    .filter(({ at }, index) => {
      const age = now - at;
      const span = spans.find(({ until }) => age < until);
      const bucket = span?.bucket(at);
      const isFirst = bucket !== undefined && !filled.has(bucket);
      if (bucket !== undefined) filled.add(bucket);
      return index > 0 && age >= 0 && !isFirst;
    })
    .map(({ name }) => name);
}
