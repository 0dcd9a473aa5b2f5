/** Drafts, what is told after a session that ended unexpectedly, and the ways out of a damaged site folder. */
import type { survivalMethods } from '#shared/contract/survival.ts';
import type { Handlers } from '../dispatch.ts';
import {
  acceptLoss,
  lookAtDamage,
  restoreFromDamage,
  salvageDamage,
  takeKeys,
  type DamageOutside,
} from '../services/backups/damage.ts';
import { freeBytesOf, lowDiskBytes } from '../services/disk-space.ts';
import type { DraftService } from '../services/drafts.ts';
import type { SessionService } from '../services/session.ts';
import { readUnexpectedEnd } from '../services/unexpected-end.ts';
import { by } from './by.ts';

export interface SurvivalOutside extends DamageOutside {
  readonly drafts: DraftService;
  readonly session: Pick<SessionService, 'closedFolder'>;
}

export function survivalHandlers(outside: SurvivalOutside): Pick<Handlers, keyof typeof survivalMethods> {
  const { drafts, session } = outside;
  return {
    'drafts.keep': by(({ keep = [], drop = [] }, actor) => {
      drafts.change(actor, keep, drop);
      return null;
    }),
    'drafts.list': by((_, actor) => drafts.list(actor)),
    'drafts.discard': by(({ places }, actor) => {
      drafts.change(actor, [], places);
      return null;
    }),
    'recovery.look': by((_, actor) => {
      const freeBytes = freeBytesOf(actor.site.folder);
      return {
        ...readUnexpectedEnd(actor.site.db),
        ...{ drafts: drafts.list(actor), damagedJournal: drafts.damaged(actor.site) },
        ...{ freeBytes, isDiskLow: freeBytes !== null && freeBytes < lowDiskBytes },
      };
    }),
    'damage.look': () => lookAtDamage(session.closedFolder()),
    'damage.restore': (input) => restoreFromDamage(outside, session.closedFolder(), input),
    'damage.takeKeys': (input) => takeKeys(outside, session.closedFolder(), input),
    'damage.accept': (input) => acceptLoss(outside, session.closedFolder(), input),
    'damage.salvage': (input) => salvageDamage(outside, session.closedFolder(), input),
  };
}
