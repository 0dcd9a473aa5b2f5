/** What a placeholder of a message shows beside the worth of its expression: an answer as it was given, a unit, labels of codes. */
import type { MessagePart, PlacedItem, StudyModel } from '../study-model.ts';
import type { Home } from './frame.ts';
import { locate } from './locate.ts';

const bareName = /^\w+$/u;
const picking = /^(?:previous|next|before|at_or_before|nearest|in_event|raw)\(\s*(\w+)/u;

/** The item that the one call which the whole source is picks a value of. */
function pickedItem(model: StudyModel, source: string): PlacedItem | null {
  const placed = model.item(picking.exec(source)?.[1] ?? '') ?? null;
  let depth = 0;
  for (let at = 0; at < source.length - 1; at += 1) {
    if (source[at] === '(') depth += 1;
    if (source[at] === ')') depth -= 1;
    if (source[at] === ')' && depth === 0) return null;
  }
  return placed;
}

export function placeholder(
  model: StudyModel,
  home: Home,
  source: string,
): Pick<Extract<MessagePart, { kind: 'value' }>, 'answer' | 'like'> {
  const picked = pickedItem(model, source);
  if (picked !== null || !bareName.test(source)) return { answer: null, like: picked };
  if (home.kind === 'value' && source === 'value') {
    return {
      answer: ({ row, subjectItem }) =>
        row === null || subjectItem === null ? null : { row, placed: subjectItem },
      like: null,
    };
  }
  const placed = model.item(source);
  const rowOf = placed === undefined ? null : locate(home, placed);
  if (placed === undefined || rowOf === null) return { answer: null, like: null };
  return {
    answer: (frame) => {
      const row = rowOf(frame);
      return row === null ? null : { row, placed };
    },
    like: null,
  };
}
