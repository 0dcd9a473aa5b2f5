/**
 * What an expression looked for and did not find. Together with the empty answers of its trace it tells why a result
 * is not evaluable.
 */
import type { Read } from '../feel/compile.ts';
import type { UsedValue, ValuePlace } from '../record.ts';
import type { PlacedGroup, PlacedItem } from '../study-model.ts';
import type { Frame } from './frame.ts';

export type Absence =
  /** No value of the item where or when it was looked for. */
  | { readonly kind: 'value'; readonly placed: PlacedItem }
  /** No result of the test that could be used. */
  | { readonly kind: 'result'; readonly placed: PlacedItem; readonly test: string }
  | { readonly kind: 'row'; readonly group: PlacedGroup }
  | { readonly kind: 'anchor'; readonly id: string }
  /** Empty, but only asked whether it is: `x = null` is answered by that. */
  | { readonly kind: 'asked'; readonly place: ValuePlace };

/** Reads what is compared with null: being empty is then an answer and nothing that is missing. */
export function asking(read: Read<Frame>): Read<Frame> {
  return (frame) => {
    if (frame.absent === null) return read(frame);
    const trace: UsedValue[] = [];
    const value = read({ ...frame, trace, absent: [] });
    frame.trace?.push(...trace);
    frame.absent.push(
      ...trace
        .filter((used) => used.text === null)
        .map(({ event, form, row, item }): Absence => ({ kind: 'asked', place: { event, form, row, item } })),
    );
    return value;
  };
}
