/** A long table is drawn from its top: a screenful at once, the rest in the frames after it, so that it opens at once. */
import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue';

const rowsOfScreen = 10;
const rowsOfFrame = 8;

/** How many rows are drawn by now. `needed`: rows that must be there from the start, such as the one to be entered. */
export function useDrawnRows(count: () => number, needed: () => number): Readonly<Ref<number>> {
  const drawn = ref(Math.max(rowsOfScreen, needed()));
  let frame = 0;
  const drawMore = (): void => {
    drawn.value += rowsOfFrame;
    frame = drawn.value < count() ? requestAnimationFrame(drawMore) : 0;
    // From here on rows are added one by one.
    if (frame === 0) drawn.value = Number.POSITIVE_INFINITY;
  };
  onMounted(() => {
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(drawMore);
    });
  });
  onBeforeUnmount(() => {
    cancelAnimationFrame(frame);
  });
  return drawn;
}
