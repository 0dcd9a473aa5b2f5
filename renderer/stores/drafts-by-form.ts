/** Drafts that go out together: those of one form, of one entry of it. */
import type { FieldDraft } from './field-draft.ts';
import { formKey, type FormPlace } from './places.ts';

export interface DraftsOfForm {
  readonly at: FormPlace;
  /** The subject. */
  readonly of: string;
  readonly keys: readonly string[];
}

export function byForm(
  drafts: readonly FieldDraft[],
  keyOf: (draft: FieldDraft) => string,
): readonly DraftsOfForm[] {
  const forms = new Map<string, { at: FormPlace; of: string; keys: string[] }>();
  for (const draft of drafts) {
    const key = `${String(draft.isSecond)}|${draft.subject}|${formKey(draft.place)}`;
    const form = forms.get(key) ?? { at: draft.place, of: draft.subject, keys: [] };
    form.keys.push(keyOf(draft));
    forms.set(key, form);
  }
  return [...forms.values()];
}
