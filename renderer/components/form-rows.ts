/** How a form is laid out on a page, with the rows that a person adds to its repeating groups and takes out of them. */
import { computed, nextTick, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import type { PlacedForm } from '#shared/study-model.ts';
import { useEntry } from '../stores/entry.ts';
import { layOutForm, type FormLayout } from '../stores/form-layout.ts';
import { useNotices } from '../stores/notices.ts';
import { controlId, type FormPlace } from '../stores/places.ts';
import { focusField } from './focus-order.ts';

export interface FormRows {
  readonly layout: ComputedRef<FormLayout>;
  /** The row that a person is asked about before it goes. */
  readonly removing: ShallowRef<{ readonly group: string; readonly row: number } | null>;
  /** A row after the last one; the focus goes to its first field. */
  addRow(group: string, last: number): void;
  removeRow(reason: string | null): Promise<void>;
  /** For another form. */
  forget(): void;
}

const empty: FormLayout = { groups: [], parked: [], signature: '' };

export function useFormRows(
  at: () => FormPlace,
  form: () => PlacedForm | null,
  isReady: () => boolean,
): FormRows {
  const entry = useEntry();
  const notices = useNotices();
  const added = shallowRef<ReadonlyMap<string, ReadonlySet<number>>>(new Map());
  const removing = shallowRef<{ readonly group: string; readonly row: number } | null>(null);

  /** Keeps its identity while nothing in it changes: a keystroke redraws one field and not the form. */
  const layout = computed<FormLayout>((before) => {
    const placed = form();
    if (!isReady() || entry.liveIndex === null || placed === null) return empty;
    const next = layOutForm(entry.liveIndex, placed, at(), added.value);
    return before?.signature === next.signature && before.groups[0]?.group === next.groups[0]?.group
      ? before
      : next;
  });

  function change(group: string, act: (rows: Set<number>) => void): void {
    const rows = new Set(added.value.get(group) ?? []);
    act(rows);
    added.value = new Map(added.value).set(group, rows);
  }
  return {
    layout,
    removing,
    addRow: (group, last) => {
      change(group, (rows) => rows.add(last + 1));
      void nextTick(() => {
        const first = layout.value.groups.find((shown) => shown.group.group.id === group)?.rows.at(-1);
        const item = first?.items.find((placed) => placed.item.type !== 'calculated');
        if (first !== undefined && item !== undefined)
          focusField(controlId({ ...at(), row: first.row, item: item.item.id }));
      });
    },
    removeRow: async (reason) => {
      const asked = removing.value;
      removing.value = null;
      if (asked === null) return;
      change(asked.group, (rows) => rows.delete(asked.row));
      try {
        await entry.removeRow(at(), asked.group, asked.row, reason);
      } catch (error) {
        notices.tellRefused(error);
      }
    },
    forget: () => {
      added.value = new Map();
    },
  };
}
