/**
 * Keeps what is typed and not saved in the main process's journal, a second after the last key, and takes it out again
 * when it is saved or given up. Drafts that wait for a decision from an earlier session are not touched.
 */
import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import type { DraftInput, DraftPlace, KeptDraft } from '#shared/contract/survival.ts';
import { call, toRefusal } from '../bridge.ts';
import { useEntry } from './entry.ts';
import type { FieldDraft } from './field-draft.ts';
import { fieldKey } from './places.ts';
import { useSession } from './session.ts';

const silenceMs = 1000;
/** As many as one call takes. */
const mostKept = 500;

const keyOf = ({ isSecond = false, ...place }: DraftPlace): string =>
  `${isSecond ? 'second' : 'first'}|${place.subject}|${fieldKey(place)}`;

export const useDraftJournal = defineStore('draft-journal', () => {
  const entry = useEntry();
  const session = useSession();
  /** What the journal holds of this session. */
  const kept = new Map<string, DraftInput>();
  /** The journal refused: what is typed would be lost by leaving. */
  const isFailing = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function changes(): { keep: DraftInput[]; drop: DraftPlace[] } {
    const now = new Map(entry.unsaved.map(toInput).map((draft) => [keyOf(draft), draft]));
    const keep = [...now].flatMap(([key, draft]) => (kept.get(key)?.typed === draft.typed ? [] : [draft]));
    const drop = [...kept].flatMap(([key, draft]) => (now.has(key) ? [] : [toPlace(draft)]));
    return { keep: keep.slice(0, mostKept), drop };
  }
  /** Now, as before leaving or locking. */
  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (session.isLocked) return;
    await send();
  }
  async function send(): Promise<void> {
    if (session.session === null || !session.can('values.write')) return;
    const { keep, drop } = changes();
    if (keep.length === 0 && drop.length === 0) return;
    try {
      await call('drafts.keep', {
        ...(keep.length === 0 ? {} : { keep }),
        ...(drop.length === 0 ? {} : { drop }),
      });
      for (const draft of drop) kept.delete(keyOf(draft));
      for (const draft of keep) kept.set(keyOf(draft), draft);
      isFailing.value = false;
    } catch (error) {
      session.noteRefusal(error);
      isFailing.value = toRefusal(error).code !== 'locked';
    }
  }
  /** Into the fields, as if they had been typed now; saved only when their author leaves each field. */
  async function putBack(drafts: readonly KeptDraft[]): Promise<void> {
    for (const draft of drafts) kept.set(keyOf(draft), draft);
    entry.putBack(drafts);
    await flush();
  }
  async function discard(drafts: readonly KeptDraft[]): Promise<void> {
    await call('drafts.discard', { places: drafts.map(toPlace) });
  }

  watch(
    () => entry.unsaved,
    () => {
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), silenceMs);
    },
  );
  // Sent before the lock is: the main process takes calls in their order.
  watch(
    () => session.isLocked,
    (isLocked) => {
      if (isLocked) void send();
    },
    { flush: 'sync' },
  );
  // Kept for their author: the next person's window knows nothing of them, and takes nothing out.
  watch(
    () => session.session?.user ?? null,
    () => {
      clearTimeout(timer);
      kept.clear();
      isFailing.value = false;
    },
    { flush: 'sync' },
  );
  return { isFailing, flush, putBack, discard };
});

function toInput({ subject, isSecond, place, typed, baseVersion }: FieldDraft): DraftInput {
  const { event, form, row, item } = place;
  return { subject, event, form, row, item, typed, baseVersion, ...(isSecond ? { isSecond } : {}) };
}
function toPlace({ subject, event, form, row, item, isSecond = false }: DraftPlace): DraftPlace {
  return { subject, event, form, row, item, ...(isSecond ? { isSecond } : {}) };
}
