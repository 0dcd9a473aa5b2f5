/** Installs a newer study definition on a site: shown first with its effect on every subject, then in one transaction. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { auditEvent, canonicalJson } from '#shared/audit.ts';
import { compareStudies, findLosses, impactOn, isTouched, type Impact } from '#shared/amendment.ts';
import type { MethodInput } from '#shared/bridge.ts';
import type { InstalledVersion, OfferedVersion, StudyVersions } from '#shared/contract/amendments.ts';
import { planRecheck, type SaveContext } from '#shared/plan-save.ts';
import type { Study } from '#shared/study.ts';
import { createStudyModel, type StudyModel } from '#shared/study-model.ts';
import { AppError, refuse } from '../app-error.ts';
import { readMoment, toIsoUtc, toLocalMinute, type Clock, type Moment } from '../clock.ts';
import type { ReadableDb } from '../db/open.ts';
import { writePlan } from './forms.ts';
import type { SubjectRowId } from './record-rows.ts';
import type { Actor, Site } from './site.ts';
import { insertStudyVersion } from './studies.ts';
import { subjectsOf } from './subjects.ts';
import { sha256 } from './trail.ts';

export interface AmendmentsService {
  preview(actor: Actor): Promise<StudyVersions>;
  /** The site goes on with the old definition in memory: whoever calls this closes it afterwards. */
  install(actor: Actor, input: MethodInput<'amendments.install'>): { version: string };
}

interface AmendmentsOutside {
  readonly clock: Clock;
  /** The definition that the application brings. */
  readonly shippedStudy: () => Study;
}

interface Offer {
  readonly study: Study;
  readonly model: StudyModel;
  readonly fingerprint: string;
}

const selectVersions = `
  SELECT study_version.version, study_version.fingerprint, study_version.installed_at AS at, audit.user, audit.reason
  FROM study_version LEFT JOIN audit ON audit.action = 'study.installed' AND audit.item_id IS NULL AND audit.detail ->> 'fingerprint' = study_version.fingerprint
  ORDER BY study_version.id`;

export function createAmendments({ clock, shippedStudy }: AmendmentsOutside): AmendmentsService {
  const offerTo = (site: Site): Offer | null => {
    const study = shippedStudy();
    const fingerprint = sha256(canonicalJson(study));
    if (fingerprint === site.fingerprint || study.id !== site.model.study.id) return null;
    const { model, faults } = createStudyModel(study);
    const [first] = faults;
    if (first !== undefined) throw refuse('study-faulty', { count: faults.length, fault: first.message });
    return { study, model, fingerprint };
  };

  return {
    preview: async ({ site }) => {
      const offer = offerTo(site);
      return {
        installed: versionsOf(site.db),
        subjects: subjectsOf(site, undefined).length,
        offered: offer === null ? null : await describe(site, offer, readMoment(clock)),
      };
    },
    install: (actor, { fingerprint, reason }) => {
      const { site } = actor;
      const offer = offerTo(site);
      if (offer?.fingerprint !== fingerprint) throw refuse('amendment-unknown');
      if (!isNewer(offer.study.version, site.model.study.version)) throw refuse('amendment-not-newer');
      const moment = readMoment(clock);
      site.db
        .transaction(() => {
          install(actor, offer, reason, moment);
        })
        .immediate();
      site.rows.forget();
      return { version: offer.study.version };
    },
  };
}

/** One subject a turn, so that entry does not wait for the whole site. */
async function describe(site: Site, offer: Offer, moment: Moment): Promise<OfferedVersion> {
  const impacts: Impact[] = [];
  for (const subject of subjectsOf(site, undefined)) {
    await nextTurn();
    const record = site.rows.record(subject);
    const impact = impactOn(site.model, offer.model, record, contextOf(site, subject, moment));
    if (isTouched(impact)) impacts.push(impact);
  }
  const loses = impacts.some(({ losses }) => losses.length > 0);
  const newer = isNewer(offer.study.version, site.model.study.version);
  return {
    version: offer.study.version,
    fingerprint: offer.fingerprint,
    changes: compareStudies(site.model.study, offer.study),
    impacts,
    obstacle: !newer ? 'notNewer' : loses ? 'losesAnswers' : null,
  };
}

/** Within the caller's transaction: a refusal leaves nothing behind. */
function install(actor: Actor, offer: Offer, reason: string, moment: Moment): void {
  const { site, user, role } = actor;
  const { study, fingerprint } = offer;
  insertStudyVersion(site.db, study, moment);
  const detail = {
    ...{ study: study.id, version: study.version, fingerprint, before: site.fingerprint },
    changes: compareStudies(site.model.study, study).length,
  };
  site.trail.append([
    auditEvent(site.trail.stamp({ user, role }, moment), 'study.installed', {
      origin: 'system',
      reason,
      detail,
    }),
  ]);
  const next: Actor = { ...actor, site: { ...site, model: offer.model, fingerprint } };
  for (const subject of subjectsOf(site, undefined)) {
    const context = contextOf(site, subject, moment);
    const record = site.rows.record(subject);
    if (findLosses(site.model, offer.model, record).length > 0)
      throw refuse('amendment-loses-answers', { subject: subject.number });
    const plan = planRecheck(offer.model, record, context);
    if (!plan.ok) throw new AppError(plan.refusal);
    writePlan(next, subject, plan, moment, null, true);
  }
}

function contextOf(site: Site, subject: SubjectRowId, moment: Moment): SaveContext {
  return {
    now: toLocalMinute(moment),
    confirmed: site.findings.confirmed(subject),
    origin: 'entry',
    language: 'en',
    standing: null,
  };
}

function versionsOf(db: ReadableDb): readonly InstalledVersion[] {
  type Row = Omit<InstalledVersion, 'at' | 'user'> & { readonly at: number; readonly user: string | null };
  return db
    .prepare<[], Row>(selectVersions)
    .all()
    .map(({ at, user, ...row }) => ({ ...row, at: toIsoUtc(at), user: user ?? '' }));
}

/** By the numbers between the points, the first one first. */
function isNewer(offered: string, installed: string): boolean {
  const [one, other] = [offered, installed].map((version) => version.split('.').map(Number));
  for (const [position, number] of (one ?? []).entries()) {
    const before = other?.[position] ?? 0;
    if (number !== before) return number > before;
  }
  return false;
}
