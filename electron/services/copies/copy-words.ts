/** How a copy and its file are called, and what it holds in one line. */
import type { CasebookCounts } from '#shared/casebook.ts';
import { sayIn } from '#shared/casebook/words.ts';
import type { CopyOrder } from '#shared/contract/copies.ts';
import type { Language } from '#shared/study.ts';
import type { StudyModel } from '#shared/study-model.ts';

interface Named {
  readonly siteCode: string;
  readonly model: StudyModel;
  readonly language: Language;
}

export function titleOf(order: CopyOrder, { siteCode, model, language }: Named): string {
  const say = sayIn(language);
  switch (order.kind) {
    case 'blank-crf':
      return say('blankCrf');
    case 'annotated-crf':
      return say('annotatedCrf');
    case 'casebook': {
      if (order.subject === null) return `${say('siteCasebook')} ${siteCode}`;
      if (order.event === null) return `${say('casebookOf')} ${order.subject}`;
      const name = model.event(order.event)?.event.name[language] ?? '';
      return `${say('visitOf')} ${order.subject}: ${order.event} ${name}`.trim();
    }
  }
}

/** "anakinra-misc_01-001_casebook_2024-03-02": parts that are fit for a file's name on every system. */
export function fileNameOf(order: CopyOrder, studyId: string, siteCode: string, day: string): string {
  const what =
    order.kind === 'casebook'
      ? [order.subject ?? siteCode, ...(order.event === null ? [] : [order.event]), 'casebook']
      : [siteCode, order.kind];
  return [studyId, ...what, day].map((part) => part.replace(/[^\p{L}\p{N}.-]+/gu, '-')).join('_');
}

/** What the trail says it was of. */
export function scopeOf(order: CopyOrder): string {
  if (order.kind !== 'casebook') return 'study';
  if (order.subject === null) return 'site';
  return order.event === null ? 'subject' : `event ${order.event}`;
}

export function containsWords(counts: readonly CasebookCounts[], language: Language): string {
  const sum = (key: keyof CasebookCounts): string =>
    new Intl.NumberFormat(language).format(counts.reduce((total, count) => total + count[key], 0));
  const history = counts.some((count) => count.history > 0);
  if (language === 'fr')
    return `${sum('values')} valeurs dans ${sum('forms')} formulaires · ${sum('openFindings')} alertes et ${sum('openQueries')} queries ouvertes · ${sum('signatures')} signatures${history ? ` · ${sum('history')} entrées du journal` : ''}`;
  return `${sum('values')} values in ${sum('forms')} forms · ${sum('openFindings')} findings and ${sum('openQueries')} queries open · ${sum('signatures')} signatures${history ? ` · ${sum('history')} trail entries` : ''}`;
}
