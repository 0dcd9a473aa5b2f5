/** What a pool holds of each site, and what was delivered when; and pages of the conflict book. */
import type {
  ConflictCount,
  ConflictPage,
  DeliveryLine,
  PooledSite,
  PoolOverview,
} from '#shared/contract/pool.ts';
import type { ConflictKind, ConflictState } from '#shared/pool/conflict.ts';
import { toIsoUtc } from '../../clock.ts';
import type { ReadableDb } from '../../db/open.ts';
import { selectConflicts, toConflict, type StoredConflict } from './pool-rows.ts';

const selectSites = `
  SELECT pool_site.code, pool_site.name, newest.received_at AS receivedAt, newest.cut_at AS cutAt, newest.study_version AS studyVersion,
         newest.file, (SELECT COUNT(*) FROM delivery WHERE site = pool_site.code AND state = 'taken') AS deliveries,
         EXISTS (SELECT 1 FROM delivery WHERE site = pool_site.code AND state = 'held' AND id > newest.id) AS held
  FROM pool_site LEFT JOIN delivery newest ON newest.id = (
    SELECT MAX(id) FROM delivery WHERE site = pool_site.code AND state = 'taken')
  ORDER BY pool_site.code`;
const selectSubjects = `
  SELECT site, COUNT(*) AS subjects, SUM(excluded) AS excluded, SUM(subject.open_hard) AS openHard, SUM(subject.open_soft) AS openSoft,
         SUM(open_queries) AS openQueries
  FROM delivered_subject JOIN subject ON subject.id = delivered_subject.subject_id GROUP BY site`;
const selectForms = `
  SELECT site, COUNT(*) AS started, COUNT(*) FILTER (WHERE form.state <> 'in-progress') AS complete
  FROM form JOIN delivered_subject ON delivered_subject.subject_id = form.subject_id WHERE form.state <> 'empty' GROUP BY site`;
const selectValues = `
  SELECT site, COUNT(*) AS held FROM value JOIN form ON form.id = value.form_id
         JOIN delivered_subject ON delivered_subject.subject_id = form.subject_id
  WHERE text IS NOT NULL OR missing IS NOT NULL GROUP BY site`;
const selectOpen = `SELECT site, COUNT(*) AS open FROM conflict WHERE state = 'open' GROUP BY site`;
const selectDeliveries = `
  SELECT id, site, site_name AS siteName, file, kind, signer, state, why, subjects, value_count AS "values", added, changed, withdrawn,
         received_at AS receivedAt, cut_at AS cutAt, user
  FROM delivery ORDER BY id DESC LIMIT ?`;
const mostDeliveries = 500;

type SiteRow = Pick<PooledSite, 'code' | 'name' | 'studyVersion' | 'file' | 'deliveries'> & {
  readonly receivedAt: number | null;
  readonly cutAt: number | null;
  readonly held: 0 | 1;
};
type DeliveryRow = Omit<DeliveryLine, 'receivedAt' | 'cutAt'> & {
  readonly receivedAt: number;
  readonly cutAt: number | null;
};

export function readOverview(db: ReadableDb): PoolOverview {
  return db.transaction((): PoolOverview => {
    const bySite = <Row extends { site: string }>(sql: string): ReadonlyMap<string, Row> =>
      new Map(
        db
          .prepare<[], Row>(sql)
          .all()
          .map((row) => [row.site, row]),
      );
    const subjects = bySite<
      { site: string } & Record<'subjects' | 'excluded' | 'openHard' | 'openSoft' | 'openQueries', number>
    >(selectSubjects);
    const forms = bySite<{ site: string; started: number; complete: number }>(selectForms);
    const values = bySite<{ site: string; held: number }>(selectValues);
    const open = bySite<{ site: string; open: number }>(selectOpen);
    const sites = db
      .prepare<[], SiteRow>(selectSites)
      .all()
      .map((row): PooledSite => {
        const own = subjects.get(row.code);
        return {
          ...{
            ...row,
            receivedAt: isoOrNull(row.receivedAt),
            cutAt: isoOrNull(row.cutAt),
            held: row.held === 1,
          },
          ...{
            subjects: own?.subjects ?? 0,
            excluded: own?.excluded ?? 0,
            values: values.get(row.code)?.held ?? 0,
          },
          ...{
            formsStarted: forms.get(row.code)?.started ?? 0,
            formsComplete: forms.get(row.code)?.complete ?? 0,
          },
          ...{
            openHard: own?.openHard ?? 0,
            openSoft: own?.openSoft ?? 0,
            openQueries: own?.openQueries ?? 0,
          },
          openConflicts: open.get(row.code)?.open ?? 0,
        };
      });
    const deliveries = db
      .prepare<[number], DeliveryRow>(selectDeliveries)
      .all(mostDeliveries)
      .map((row): DeliveryLine => ({
        ...row,
        receivedAt: toIsoUtc(row.receivedAt),
        cutAt: isoOrNull(row.cutAt),
      }));
    return { sites, deliveries };
  })();
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : toIsoUtc(at);
}

export interface ConflictFilter {
  readonly kind?: ConflictKind | undefined;
  readonly site?: string | undefined;
  readonly state?: ConflictState | undefined;
  readonly offset: number;
  readonly limit: number;
}

const matching =
  'WHERE (@kind IS NULL OR kind = @kind) AND (@site IS NULL OR site = @site) AND (@state IS NULL OR state = @state)';
const selectPage = `${selectConflicts} ${matching} ORDER BY state = 'open' DESC, id LIMIT @limit OFFSET @offset`;
const selectCounts = `
  SELECT kind, COUNT(*) FILTER (WHERE state = 'open') AS open, COUNT(*) FILTER (WHERE state = 'decided') AS decided,
         COUNT(*) FILTER (WHERE state = 'settled') AS settled
  FROM conflict GROUP BY kind ORDER BY kind`;

export function readConflicts(db: ReadableDb, filter: ConflictFilter): ConflictPage {
  const { kind = null, site = null, state = null, offset, limit } = filter;
  return db.transaction((): ConflictPage => ({
    rows: db
      .prepare<[object], StoredConflict>(selectPage)
      .all({ kind, site, state, offset, limit })
      .map(toConflict),
    total:
      db
        .prepare<[object], number>(`SELECT COUNT(*) FROM conflict ${matching}`)
        .pluck()
        .get({ kind, site, state }) ?? 0,
    counts: db.prepare<[], ConflictCount>(selectCounts).all(),
  }))();
}
