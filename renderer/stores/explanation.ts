/**
 * What is told of a finding when somebody asks: worked out while it is open, a moment after the last key, and never
 * for a finding that nobody asked about.
 */
import { computed, onScopeDispose, shallowRef, watch, type ComputedRef } from 'vue';
import type { ValueOrigin } from '#shared/bridge.ts';
import { nearestPassing, type Passing } from '#shared/nearest-passing.ts';
import type { Finding, LocalMinute } from '#shared/record.ts';
import { placesBehind, valuesBehind, type ValueBehind } from '#shared/values-behind.ts';
import type { SubjectIndex } from '#shared/subject-index.ts';
import { call } from '../bridge.ts';
import { useEntry } from './entry.ts';
import { fieldKey } from './places.ts';
import { useSession } from './session.ts';
import { useStudy } from './study.ts';
import { useSubject } from './subject.ts';

export interface Explanation {
  readonly values: ComputedRef<readonly ValueBehind[]>;
  readonly passing: ComputedRef<readonly Passing[]>;
  /** By field; null while it is asked for, or where the person may not read the trail. */
  readonly origins: ComputedRef<ReadonlyMap<string, ValueOrigin> | null>;
}

interface Moment {
  readonly finding: Finding;
  readonly index: SubjectIndex;
  readonly now: LocalMinute;
}

const pauseMs = 150;
const mostPlaces = 500;

export function useExplanation(finding: () => Finding): Explanation {
  const entry = useEntry();
  const study = useStudy();
  const subject = useSubject();
  const session = useSession();
  const moment = shallowRef<Moment | null>(null);
  const found = shallowRef<ReadonlyMap<string, ValueOrigin> | null>(null);
  let pending: ReturnType<typeof setTimeout> | undefined;

  function look(): void {
    const index = entry.liveIndex;
    moment.value = index === null ? null : { finding: finding(), index, now: entry.liveNow };
  }
  look();
  watch([finding, () => entry.liveIndex], () => {
    clearTimeout(pending);
    pending = setTimeout(look, pauseMs);
  });
  onScopeDispose(() => {
    clearTimeout(pending);
  });

  const values = computed(() => {
    const at = moment.value;
    return at === null || study.model === null ? [] : valuesBehind(study.model, at.index, at.finding, at.now);
  });
  const passing = computed(() => {
    const at = moment.value;
    return at === null || study.model === null
      ? []
      : nearestPassing(study.model, at.index, at.finding, at.now);
  });
  watch(
    [values, () => subject.savedAt],
    async ([asked]) => {
      const places = placesBehind(asked).slice(0, mostPlaces);
      if (subject.subject === null || places.length === 0 || !session.can('audit.read')) return;
      try {
        const origins = await call('audit.origins', { subject: subject.subject, places });
        if (asked === values.value) found.value = new Map(origins.map((one) => [fieldKey(one), one]));
      } catch (error) {
        // Who and when are a help beside the values: without them the explanation still stands.
        session.noteRefusal(error);
      }
    },
    { immediate: true },
  );
  return { values, passing, origins: computed(() => found.value) };
}
