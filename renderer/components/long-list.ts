/** A list as long as there is room for: lines are drawn where they are looked at, and more are fetched before its end. */
import { useVirtualizer } from '@tanstack/vue-virtual';
import { computed, watch, type ComputedRef, type Ref } from 'vue';

export interface LongList<Row> {
  /** Of the whole list, in pixels. */
  readonly height: ComputedRef<number>;
  readonly lines: ComputedRef<readonly LongLine<Row>[]>;
}

export interface LongLine<Row> {
  readonly index: number;
  /** From the top of the list, in pixels. */
  readonly start: number;
  readonly row: Row;
}

const drawnBeyond = 8;
const fetchedBefore = 20;

/** `scroller` is the element that scrolls, once it is there; `more` fetches what follows and does nothing at the end. */
export function useLongList<Row>(
  scroller: Ref<HTMLElement | null>,
  rows: () => readonly Row[],
  rowHeight: number,
  more: () => Promise<void>,
): LongList<Row> {
  const virtual = useVirtualizer(
    computed(() => ({
      count: rows().length,
      getScrollElement: () => scroller.value,
      estimateSize: () => rowHeight,
      overscan: drawnBeyond,
    })),
  );
  const lines = computed(() =>
    virtual.value.getVirtualItems().flatMap(({ index, start }) => {
      const row = rows()[index];
      return row === undefined ? [] : [{ index, start, row }];
    }),
  );
  watch(lines, (shown) => {
    if ((shown.at(-1)?.index ?? 0) >= rows().length - fetchedBefore) void more();
  });
  return { height: computed(() => virtual.value.getTotalSize()), lines };
}
