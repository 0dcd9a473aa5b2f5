/** The conflict book while one delivery is taken: what it finds is entered once, and what was decided about it is heeded. */
import { auditEvent, type AuditDetail, type AuditEvent } from '#shared/audit.ts';
import { conflictKey, contentText, type FoundConflict } from '#shared/pool/conflict.ts';
import type { Moment } from '../../clock.ts';
import type { StoredConflict } from './pool-rows.ts';
import type { PoolWork } from './pool-work.ts';

/** What was decided about something that comes as it was when that was decided; null: nobody has. */
export type Decided = Pick<StoredConflict, 'decision' | 'value'>;
const undecided: Decided = { decision: null, value: null };

/** What stands in the book about a matter. */
export interface BookEntry extends Decided {
  /** Number of the conflict that was opened for it now; null: it is there, and rests on the same. */
  readonly opened: number | null;
}

export interface ConflictBook {
  /** Enters it, unless it is there and rests on the same. */
  find(found: FoundConflict): Decided;
  /** The same; the entry of the trail about the value that is written because of it has to tell of it. */
  enter(found: FoundConflict): BookEntry;
  opened(): number;
  /** What this delivery no longer brings. `read`: whose forms were read, by their numbers in the pool; null: all. */
  settleOthers(site: string, read: ReadonlySet<string> | null): void;
}

export function createBook({ pool, trail, doer }: PoolWork, moment: Moment): ConflictBook {
  const seen = new Set<string>();
  const delivery = pool.nextDelivery();
  let opened = 0;
  const write = (action: 'conflict.found' | 'conflict.settled', about: Partial<AuditEvent>): void => {
    trail.append([auditEvent(trail.stamp(doer, moment), action, { origin: 'merge', ...about })]);
  };
  /** With what is told of a conflict that was opened. */
  const consider = (found: FoundConflict): { readonly entry: BookEntry; readonly told: AuditDetail } => {
    const key = conflictKey(found);
    seen.add(key);
    const told = {
      ...{ ...found, key, delivery },
      ...{ pooled: contentText(found.pooled), incoming: contentText(found.incoming) },
    };
    const stored = pool.conflict(key);
    if (stored?.incoming === told.incoming && stored.state !== 'settled') {
      const { decision, value } = stored.state === 'decided' ? stored : undecided;
      return { entry: { opened: null, decision, value }, told };
    }
    opened += 1;
    return { entry: { ...undecided, opened: pool.putConflict({ ...told, at: moment.at }) }, told };
  };
  return {
    enter: (found) => consider(found).entry,
    find: (found) => {
      const { entry, told } = consider(found);
      if (entry.opened !== null) write('conflict.found', { detail: { ...told, conflict: entry.opened } });
      return entry;
    },
    opened: () => opened,
    settleOthers: (site, read) => {
      for (const { id, key, kind, subject } of pool.openOf(site, ['code', 'unit', 'definition', 'edited'])) {
        const isBroughtStill = subject !== null && read?.has(subject) === false;
        if (seen.has(key) || isBroughtStill) continue;
        pool.settle(id);
        write('conflict.settled', { detail: { conflict: id, kind } });
      }
    },
  };
}
