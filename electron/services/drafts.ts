/** Drafts of the open site, for their author alone. One that was saved after it was kept is no draft any more. */
import type { DraftInput, DraftPlace, KeptDraft } from '#shared/contract/survival.ts';
import { toIsoUtc, type Clock } from '../clock.ts';
import { openDraftJournal, type DraftJournal } from '../db/draft-journal.ts';
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
    { subject, at, ...place }: DraftPlace & { at: number },
  ): boolean => {
    const newest = site.trail.ofItem(subject, place).at(-1);
    return newest?.user === user && Date.parse(newest.at) >= at;
  };
  return {
    change: ({ site, user }, keep, drop) => {
      of(site).change(user, keep, drop, clock.now());
    },
    list: (actor) => {
      const journal = of(actor.site);
      const kept = journal.list(actor.user);
      const saved = kept.filter((draft) => wasSaved(actor, draft));
      if (saved.length > 0) journal.change(actor.user, [], saved, clock.now());
      return kept
        .filter((draft) => !saved.includes(draft))
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
