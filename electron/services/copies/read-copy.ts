/**
 * Reads a copy and puts it on pages. One connection, one read transaction: the copy is one moment of the record, whatever
 * is saved while it is made. Between two subjects the window gets its turn.
 */
import { setImmediate } from 'node:timers/promises';
import { planSubject, type CasebookCounts } from '#shared/casebook.ts';
import type { CopyOrder } from '#shared/contract/copies.ts';
import { planCrf } from '#shared/crf-plan.ts';
import type { Language } from '#shared/study.ts';
import { refuse } from '../../app-error.ts';
import { toIsoUtc, toLocalMinute, type Moment } from '../../clock.ts';
import { openForReading } from '../../db/open.ts';
import type { Actor } from '../site.ts';
import { subjectPart } from './casebook-page.ts';
import { createCopyReader, type CopyReader } from './copy-rows.ts';
import { containsWords, titleOf } from './copy-words.ts';
import { coverPart } from './cover.ts';
import { crfPart } from './crf-page.ts';
import { closeDocument, openDocument } from './document.ts';
import { sayOf, type CopyFacts } from './facts.ts';
import { browserMargins } from './margins.ts';

type CasebookOrder = Extract<CopyOrder, { readonly kind: 'casebook' }>;

export interface CopyRequest {
  readonly actor: Actor;
  readonly order: CopyOrder;
  readonly language: Language;
  /** printer: the margins come with the pages. browser: the page brings its own. */
  readonly for: 'printer' | 'browser';
}

export interface CopySurroundings {
  readonly moment: Moment;
  readonly appVersion: string;
  /** Throws to stop. */
  readonly progress: (done: number, total: number) => void;
}

export interface ReadCopy {
  readonly facts: CopyFacts;
  readonly html: string;
}

export async function readCopy(request: CopyRequest, surroundings: CopySurroundings): Promise<ReadCopy> {
  const { site } = request.actor;
  const db = openForReading(site.databaseFile, site.key);
  try {
    db.exec('BEGIN');
    const reader = createCopyReader(db, site.siteCode, site.model);
    const facts = factsOf(request, surroundings, reader);
    const { order } = request;
    const body =
      order.kind === 'casebook'
        ? await casebookBody(facts, { request, surroundings, reader, order })
        : crfBody(facts, request, order.kind);
    const style = request.for === 'browser' ? browserMargins(facts) : '';
    return { facts, html: [openDocument(facts, style), ...body, closeDocument].join('') };
  } finally {
    db.close();
  }
}

function factsOf(
  { actor, order, language }: CopyRequest,
  { moment, appVersion }: CopySurroundings,
  { head, fullNames }: CopyReader,
): CopyFacts {
  const { site, user, role } = actor;
  const { id, version, name } = site.model.study;
  return {
    ...{ language, appVersion, head, fingerprint: site.fingerprint, practice: site.practice },
    title: titleOf(order, { siteCode: site.siteCode, model: site.model, language }),
    study: { id, version, name },
    site: { code: site.siteCode, name: site.siteName },
    by: { user, fullName: fullNames.get(user) ?? user, role },
    made: { at: toIsoUtc(moment.at), offsetMinutes: moment.offsetMinutes },
  };
}

interface CasebookWork {
  readonly request: CopyRequest;
  readonly surroundings: CopySurroundings;
  readonly reader: CopyReader;
  readonly order: CasebookOrder;
}

async function casebookBody(facts: CopyFacts, work: CasebookWork): Promise<readonly string[]> {
  const { request, surroundings, reader, order } = work;
  const { model } = request.actor.site;
  if (order.event !== null && model.event(order.event) === undefined)
    throw refuse('event-unknown', { event: order.event });
  const numbers = order.subject === null ? reader.subjects : [order.subject];
  const now = toLocalMinute(surroundings.moment);
  const parts: string[] = [];
  const counts: CasebookCounts[] = [];
  for (const [done, number] of numbers.entries()) {
    surroundings.progress(done, numbers.length);
    await setImmediate();
    const source = reader.source(number, now);
    if (source === null) throw refuse('subject-unknown', { subject: number.slice(0, 40) });
    const { language } = request;
    const planned = planSubject(model, source, { language, now, history: order.history, event: order.event });
    counts.push(planned.counts);
    parts.push(subjectPart(facts, planned));
  }
  surroundings.progress(numbers.length, numbers.length);
  const say = sayOf(facts);
  const cover = coverPart({
    facts,
    lines: [
      [say(order.subject === null ? 'subjects' : 'subject'), order.subject ?? String(numbers.length)],
      [say('contains'), containsWords(counts, facts.language)],
      [say('fieldHistory'), say(order.history ? 'withHistory' : 'withoutHistory')],
    ],
    people: [...reader.fullNames],
    isOfRecord: true,
  });
  return [cover, ...parts, '</main>\n'];
}

function crfBody(
  facts: CopyFacts,
  { actor, language }: CopyRequest,
  kind: 'blank-crf' | 'annotated-crf',
): readonly string[] {
  const form = kind === 'blank-crf' ? 'blank' : 'annotated';
  const cover = coverPart({ facts, lines: [], people: [], isOfRecord: false });
  return [cover, crfPart(facts, planCrf(actor.site.model, language, form), form), '</main>\n'];
}
