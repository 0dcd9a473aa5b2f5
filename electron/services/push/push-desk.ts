/**
 * Pushes of an open folder: read out of one frozen cut over a connection of their own, and entered in the trail before
 * they take effect, so that no data are handed over without an entry.
 */
import path from 'node:path';
import { assertNever } from '#shared/assert-never.ts';
import type { AuditDetail } from '#shared/audit/entry.ts';
import type { PushedState } from '#shared/push/standing.ts';
import { readMoment, type Clock } from '../../clock.ts';
import { openForReading } from '../../db/open.ts';
import { withoutDoublesIn } from '../export-choices/doubles.ts';
import { createExportReader } from '../export-rows.ts';
import type { Actor } from '../site.ts';
import type { PushSource } from './content.ts';
import { createPoolReader } from './pool-sheets.ts';
import type { PushOutcome, PushWatch } from './push-watch.ts';
import { pushedState } from './pushed-state.ts';

export type PushTarget =
  | {
      readonly kind: 'postgres';
      readonly url: string;
      readonly schema: string | null;
      readonly mayOverwrite: boolean;
    }
  | { readonly kind: 'parquet'; readonly folder: string; readonly mayOverwrite: boolean };

export interface Pushed {
  readonly outcome: PushOutcome;
  readonly state: PushedState;
  /** "schema anakinra_misc" or the folder. */
  readonly place: string;
}

export interface PushDesk {
  run(actor: Actor, target: PushTarget, loaded: PushWatch['loaded']): Promise<Pushed>;
}

export function createPushDesk({ clock, appVersion }: { clock: Clock; appVersion: string }): PushDesk {
  return {
    run: async (actor, target, loaded) => {
      const { site } = actor;
      const db = openForReading(site.databaseFile, site.key);
      try {
        db.exec('BEGIN');
        const { fingerprint, siteCode, siteName } = site;
        const reader = withoutDoublesIn(db, createExportReader(db));
        const facts = { study: site.model.study, siteCode, siteName, fingerprint, appVersion };
        const source = { ...facts, reader, pool: createPoolReader(db) };
        const state = pushedState(source);
        return await pushTo(source, state, target, loaded, (detail) => {
          site.db
            .transaction(() => {
              const moment = readMoment(clock);
              site.trail.note({ user: actor.user, role: actor.role }, moment, 'export.pushed', { detail });
            })
            .immediate();
        });
      } finally {
        db.close();
      }
    },
  };
}

async function pushTo(
  source: PushSource,
  state: PushedState,
  target: PushTarget,
  loaded: PushWatch['loaded'],
  note: (detail: AuditDetail) => void,
): Promise<Pushed> {
  const { exportId, values, head } = state;
  const watchFor = (to: string, place: string): PushWatch => ({
    loaded,
    beforeEffect: () => note({ to, place, exportId, values, head }),
  });
  switch (target.kind) {
    case 'postgres': {
      const { pushToPostgres, usualSchema } = await import('./postgres/push.ts');
      const schema = target.schema ?? usualSchema(source.study.id);
      const watch = watchFor('PostgreSQL', schema);
      const outcome = await pushToPostgres(source, state, { ...target, schema }, watch);
      return { outcome, state, place: `schema ${schema}` };
    }
    case 'parquet': {
      const { pushToParquet } = await import('./parquet/push.ts');
      const watch = watchFor('Parquet', path.basename(target.folder));
      return { outcome: await pushToParquet(source, state, target, watch), state, place: target.folder };
    }
    default:
      return assertNever(target);
  }
}
