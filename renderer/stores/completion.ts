/** Completing a form: what keeps it from being complete is found here by the same checks that the main process runs. */
import { computed, shallowRef, type ComputedRef } from 'vue';
import { findingKey, runChecks } from '#shared/edit-checks.ts';
import type { Finding, ValuePlace } from '#shared/record.ts';
import { useEntry } from './entry.ts';
import { confirmedBasis } from './live-check.ts';
import { formKey, type FormPlace } from './places.ts';
import { useStudy } from './study.ts';
import { useSubject } from './subject.ts';

export type Completion =
  | { readonly kind: 'completed' }
  /** A typed value is not saved and asks for a person. */
  | { readonly kind: 'unsaved'; readonly at: ValuePlace }
  | { readonly kind: 'open'; readonly first: Finding };

export interface Completing {
  /** What kept the form from being complete when it was last tried, and still does. */
  readonly wanted: ComputedRef<readonly Finding[]>;
  complete(): Promise<Completion>;
  forget(): void;
}

export function useCompleting(at: () => FormPlace): Completing {
  const study = useStudy();
  const subject = useSubject();
  const entry = useEntry();
  const wantedKeys = shallowRef<ReadonlySet<string>>(new Set());

  const wanted = computed(() =>
    wantedKeys.value.size === 0
      ? []
      : blockers(at()).filter((finding) => wantedKeys.value.has(findingKey(finding))),
  );
  function blockers(here: FormPlace): readonly Finding[] {
    if (study.model === null || entry.liveIndex === null) return [];
    const confirmed = confirmedBasis(subject.findings);
    const options = { phase: 'complete', now: entry.liveNow, only: [here], confirmed } as const;
    return runChecks(study.model, entry.liveIndex, options).filter(({ severity }) => severity === 'hard');
  }
  function unsaved(here: FormPlace): readonly ValuePlace[] {
    return entry.unsaved
      .filter((draft) => entry.isHere(draft) && formKey(draft.place) === formKey(here))
      .map((draft) => draft.place);
  }
  /** The form that it was asked for, also when the person has gone on to another one meanwhile. */
  async function complete(): Promise<Completion> {
    const here = at();
    await entry.commit(unsaved(here));
    // The answer before the last may still be on its way.
    await entry.settled(here);
    const [owed] = unsaved(here);
    if (owed !== undefined) return { kind: 'unsaved', at: owed };
    const open = blockers(here);
    wantedKeys.value = new Set(open.map(findingKey));
    const [first] = open;
    if (first !== undefined) return { kind: 'open', first };
    await entry.complete(here);
    return { kind: 'completed' };
  }
  function forget(): void {
    wantedKeys.value = new Set();
  }
  return { wanted, complete, forget };
}
