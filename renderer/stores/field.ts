/** Everything that one field on the page shows, worked out from what is saved, typed and found. */
import { computed, type ComputedRef } from 'vue';
import { editText, showItem } from '#shared/item-value.ts';
import type { Finding, ItemValue, ValuePlace } from '#shared/record.ts';
import type { PlacedItem } from '#shared/study-model.ts';
import { valueAt } from '#shared/subject-index.ts';
import { useEntry } from './entry.ts';
import { isClosed, type FieldDraft } from './field-draft.ts';
import { faceOf, leadingFinding, type FieldFace } from './field-face.ts';
import { isRequiredAt } from './form-layout.ts';
import { fieldKey } from './places.ts';
import { usePreferences } from './preferences.ts';
import { useSession } from './session.ts';
import { useStudy } from './study.ts';
import { useSubject } from './subject.ts';

export interface Field {
  readonly draft: ComputedRef<FieldDraft | null>;
  readonly value: ComputedRef<ItemValue | null>;
  readonly findings: ComputedRef<readonly Finding[]>;
  readonly leading: ComputedRef<Finding | null>;
  readonly isRequired: ComputedRef<boolean>;
  readonly isLocked: ComputedRef<boolean>;
  readonly face: ComputedRef<FieldFace>;
  /** What stands in the control while nobody is in it. */
  readonly shownText: ComputedRef<string>;
  /** What stands in the control while it is worked in. */
  readonly typedText: ComputedRef<string>;
}

const noFindings: readonly Finding[] = [];

export function useField(at: () => ValuePlace, placedItem: () => PlacedItem): Field {
  const entry = useEntry();
  const subject = useSubject();
  const study = useStudy();
  const session = useSession();
  const preferences = usePreferences();

  const isCalculated = computed(() => placedItem().item.type === 'calculated');
  const draft = computed(() => entry.draftAt(at()));
  const value = computed<ItemValue | null>(() => {
    if (draft.value?.reading.ok === true) return draft.value.reading.value;
    if (isCalculated.value) return entry.liveIndex === null ? null : valueAt(entry.liveIndex, at());
    return subject.valueAt(at());
  });
  const findings = computed(() => entry.findingsByField.get(fieldKey(at())) ?? noFindings);
  const queries = computed(() => subject.queriesAt(at()));
  const leading = computed(() => leadingFinding(findings.value));
  /** Most items always ask or never do; only the others look at what is typed elsewhere. */
  const isRequired = computed(() => {
    const { required } = placedItem();
    if (required === null || required === 'always') return required === 'always';
    return (
      entry.liveIndex !== null && isRequiredAt(entry.liveIndex, at(), at().row, placedItem(), entry.liveNow)
    );
  });
  const isLocked = computed(
    () => isClosed(subject.stateAt(at())) || subject.isFrozen || !session.can('values.write'),
  );
  const face = computed(() =>
    faceOf({
      draft: draft.value,
      value: value.value,
      findings: findings.value,
      queries: queries.value,
      isRequired: isRequired.value,
      isLocked: isLocked.value,
    }),
  );
  const shownText = computed(() => {
    if (draft.value !== null && (draft.value.stage === 'typing' || !draft.value.reading.ok))
      return draft.value.typed;
    if (study.model === null || value.value === null) return '';
    return showItem(study.model, placedItem(), value.value, preferences.language);
  });
  const typedText = computed(() => {
    if (draft.value !== null) return draft.value.typed;
    return value.value === null ? '' : editText(placedItem(), value.value, preferences.language);
  });
  return { draft, value, findings, leading, isRequired, isLocked, face, shownText, typedText };
}
