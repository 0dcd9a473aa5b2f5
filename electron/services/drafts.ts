/**
 * Drafts of the open site, for their author alone. One that was saved after it was kept is no draft any more, nor is one of
 * a second entry that was completed or given back. While somebody enters a form a second time, what the same person typed
 * there first is kept and not told.
 */
import type { DraftInput, DraftPlace, KeptDraft } from '#shared/contract/survival.ts';
import { isOneOf } from '#shared/second-entry/blind-record.ts';
import { toIsoUtc, type Clock } from '../clock.ts';
import { openDraftJournal, type DraftJournal } from '../db/draft-journal.ts';
import { unseenOf } from './blindness.ts';
import { secondEntryAt } from './second-entry-rows.ts';
import type { Actor, Site } from './site.ts';

export interface DraftService {
  change(actor: Actor, keep: readonly DraftInput[], drop: readonly DraftPlace[]): void;
  list(actor: Actor): readonly KeptDraft[];
  /** Name under which a damaged journal was kept; null when none was. */
  damaged(site: Site): string | null;
  siteCloses(site: Site): void;
}

export function createDrafts(clock: Clock): DraftService {
  let current: { readonly site: Site; readonly journal: DraftJournal } | null = null;
  const of = (site: Site): DraftJournal => {
    if (current?.site !== site)
      current = { site, journal: openDraftJournal(site.folder, site.key, clock.now()) };
    return current.journal;
  };
  /** The clock may have been set back since: a draft that seems younger than its value is shown once more, never lost. */
  const wasSaved = (
    { site, user }: Actor,
    { subject, at, isSecond = false, ...place }: DraftPlace & { at: number },
  ): boolean => {
    const newest = site.trail
      .ofItem(subject, place)
      .findLast(({ action }) => (action === 'second.value') === isSecond);
    return newest?.user === user && Date.parse(newest.at) >= at;
  };
  const isOver = ({ site, user }: Actor, draft: DraftPlace): boolean => {
    if (draft.isSecond !== true) return false;
    const entry = secondEntryAt(site.db, draft);
    return entry?.state !== 'in-progress' || entry.user !== user;
  };
  const isHidden = (actor: Actor, { subject, isSecond = false, ...at }: DraftPlace): boolean =>
    !isSecond && isOneOf(unseenOf(actor, subject))(at);
  return {
    change: ({ site, user }, keep, drop) => {
      of(site).change(user, keep, drop, clock.now());
    },
    list: (actor) => {
      const journal = of(actor.site);
      const kept = journal.list(actor.user);
      const saved = kept.filter((draft) => wasSaved(actor, draft) || isOver(actor, draft));
      if (saved.length > 0) journal.change(actor.user, [], saved, clock.now());
      return kept
        .filter((draft) => !saved.includes(draft) && !isHidden(actor, draft))
        .map(({ at, ...draft }) => ({ ...draft, keptAt: toIsoUtc(at) }));
    },
    damaged: (site) => of(site).damaged,
    siteCloses: (site) => {
      if (current?.site !== site) return;
      current.journal.close();
      current = null;
    },
  };
}
